/** Optimizers, schedules and gradient clipping. */
module dev.lanegrad.optim {
  requires transitive dev.lanegrad.autodiff;
  requires static org.jspecify;

  exports dev.lanegrad.optim;
}
