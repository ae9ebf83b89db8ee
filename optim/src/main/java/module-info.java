/** How parameters follow their gradients: optimizers and what sets them. */
module dev.lanegrad.optim {
  requires transitive dev.lanegrad.autodiff;
  requires static org.jspecify;

  exports dev.lanegrad.optim;
  exports dev.lanegrad.optim.schedule;
}
