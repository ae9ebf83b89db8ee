/** Optimizers, schedules, gradient clipping and averages of weights. */
module dev.lanegrad.optim {
  requires transitive dev.lanegrad.autodiff;
  requires static org.jspecify;

  exports dev.lanegrad.optim;
  exports dev.lanegrad.optim.schedule;
}
