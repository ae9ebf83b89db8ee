/** A module that knows Lanegrad by the name of its last module, which passes the others on. */
module consumer {
  requires dev.lanegrad.training;
}
