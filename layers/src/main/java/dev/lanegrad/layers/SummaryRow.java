package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Layer#summary} says of one layer.
 *
 * @param depth how many layers it is inside of
 * @param name in the layer that it is directly inside of, empty for the outermost
 * @param layer the layer itself
 * @param text its type, and if nothing is inside of it, with its attributes
 * @param output the shape of its output where it was first run; null if it was not run by {@link
 *     Layer#apply}
 * @param parameters how many numbers its parameters hold, with those inside of it
 */
public record SummaryRow(
    int depth, String name, Layer layer, String text, @Nullable Shape output, long parameters) {
  /** Checks that all is there. */
  public SummaryRow {
    Require.present("summary", "name", name);
    Require.present("summary", "layer", layer);
    Require.present("summary", "text", text);
  }
}
