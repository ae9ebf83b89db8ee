/** A module that knows Lanegrad by the names of its last modules; training passes the others on. */
@SuppressWarnings("requires-automatic") // plots, which has no module-info
module consumer {
  requires dev.lanegrad.training;
  requires dev.lanegrad.plots;
}
