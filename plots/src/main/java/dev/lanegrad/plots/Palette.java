package dev.lanegrad.plots;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * Colours that can be told apart, by the colour-blind too; once they are used up they come again
 * with dashed lines.
 *
 * <p>Source: Okabe and Ito, "Color universal design", 2008, black and yellow left out: the one is
 * that of the text, the other hardly shows on white.
 */
final class Palette {
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xE69F00),
  };

  private static final float LINE_WIDTH = 2;
  private static final float[][] DASHES = {null, {8, 4}, {2, 4}, {12, 4, 2, 4}};

  private Palette() {}

  static Color color(int index) {
    return COLORS[index % COLORS.length];
  }

  static BasicStroke stroke(int index) {
    float[] dashes = DASHES[index / COLORS.length % DASHES.length];
    return new BasicStroke(
        LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }
}
