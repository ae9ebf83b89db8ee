/** Layers, initialisers and losses. */
module dev.lanegrad.layers {
  requires transitive dev.lanegrad.autodiff;
  requires static org.jspecify;

  exports dev.lanegrad.layers;
  exports dev.lanegrad.layers.loss;
}
