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

  /** How many can be told apart. */
  static final int COUNT = 3 * COLORS.length;

  private static final BasicStroke LINE =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private Palette() {}

  static Color color(int index) {
    Color color = COLORS[index % COLORS.length];
    return switch (index / COLORS.length % 3) {
      case 0 -> color;
      case 1 -> mixed(color, Color.BLACK, 0.5);
      default -> mixed(color, Color.WHITE, 0.5);
    };
  }

  /** For an area under points of the same index. */
  static Color light(int index) {
    return mixed(color(index), Color.WHITE, 0.7);
  }

  /** For the background of text. */
  static Color lightest(int index) {
    return mixed(color(index), Color.WHITE, 0.88);
  }

  static BasicStroke line() {
    return LINE;
  }

  /** A colour with so much of another in it, from 0 to 1. */
  static Color mixed(Color a, Color b, double part) {
    return new Color(
        mixed(a.getRed(), b.getRed(), part),
        mixed(a.getGreen(), b.getGreen(), part),
        mixed(a.getBlue(), b.getBlue(), part));
  }

  private static int mixed(int a, int b, double part) {
    return (int) (a + part * (b - a));
  }
}
