package dev.lanegrad.plots;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * Colours that can be told apart, by the colour-blind too; once they are used up they come again
 * darker, and then lighter. (XChart draws a curve line by line, so dashes would not show.)
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

  private static final BasicStroke LINE =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private Palette() {}

  static Color color(int index) {
    Color color = COLORS[index % COLORS.length];
    return switch (index / COLORS.length % 3) {
      case 0 -> color;
      case 1 -> mixed(color, Color.BLACK);
      default -> mixed(color, Color.WHITE);
    };
  }

  static BasicStroke line() {
    return LINE;
  }

  private static Color mixed(Color a, Color b) {
    return new Color(
        (a.getRed() + b.getRed()) / 2,
        (a.getGreen() + b.getGreen()) / 2,
        (a.getBlue() + b.getBlue()) / 2);
  }
}
