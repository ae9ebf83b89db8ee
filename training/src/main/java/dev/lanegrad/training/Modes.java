package dev.lanegrad.training;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Mode;

/** Whether layers train. */
final class Modes {
  private Modes() {}

  /** Whether a layer, or any inside of it, is in training; so also where none has a mode. */
  static boolean isTraining(Layer layer) {
    return count(layer, true) > 0 || count(layer, false) == 0;
  }

  private static int count(Layer layer, boolean training) {
    Mode mode = layer.mode();
    int count = mode != null && mode.isTraining() == training ? 1 : 0;
    for (Layer.Child child : layer.children()) {
      count += count(child.layer(), training);
    }
    return count;
  }
}
