/** Layers, initialisers and losses, with the names and defaults of PyTorch. */
module dev.lanegrad.layers {
  requires transitive dev.lanegrad.autodiff;
  requires static org.jspecify;

  exports dev.lanegrad.layers;
  exports dev.lanegrad.layers.loss;
}
