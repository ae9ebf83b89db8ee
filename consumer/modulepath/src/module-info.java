/** A module that knows Lanegrad only by its name. */
module consumer {
  requires dev.lanegrad.autodiff;
}
