package dev.lanegrad.plots;

import java.awt.Color;
import java.util.Locale;

/**
 * Which number is which colour.
 *
 * @param low and below is the first colour
 * @param high and above is the last one
 * @param colors at equal steps between them
 */
record ColorScale(double low, double high, Color... colors) {
  /** Where there is no number. */
  static final Color NONE = new Color(0xD9D2C0);

  private static final Color BLUE = new Color(0x08519C);
  private static final Color RED = new Color(0xB2400A);

  /** The luminance that has the same contrast to black as to white. */
  private static final double EQUALLY_FAR = Math.sqrt(1.05 * 0.05) - 0.05;

  /** From white to blue; blue, white and red where there are numbers on both sides of 0. */
  static ColorScale of(double smallest, double largest) {
    return smallest < 0 && largest > 0
        ? symmetric(Math.max(-smallest, largest))
        : new ColorScale(smallest, largest, Color.WHITE, new Color(0x6BAED6), BLUE);
  }

  static ColorScale symmetric(double bound) {
    return new ColorScale(
        -bound, bound, BLUE, new Color(0x6BAED6), Color.WHITE, new Color(0xF4A582), RED);
  }

  static ColorScale gray(double low, double high) {
    return new ColorScale(low, high, Color.BLACK, Color.WHITE);
  }

  Color of(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    double part = low < high ? Math.clamp((value - low) / (high - low), 0, 1) : 0.5;
    double place = part * (colors.length - 1);
    int below = Math.min((int) place, colors.length - 2);
    return Palette.mixed(colors[below], colors[below + 1], place - below);
  }

  /**
   * Black or white, whichever can be read better on a colour.
   *
   * <p>Source: Web Content Accessibility Guidelines 2.1, "relative luminance" and "contrast ratio".
   */
  static Color ink(Color color) {
    double luminance =
        0.2126 * linear(color.getRed())
            + 0.7152 * linear(color.getGreen())
            + 0.0722 * linear(color.getBlue());
    return luminance < EQUALLY_FAR ? Color.WHITE : Color.BLACK;
  }

  private static double linear(int level) {
    double part = level / 255.0;
    return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  /** A number with up to three digits, whole ones with all of theirs. */
  static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return String.format(Locale.ROOT, "%d", (long) value);
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", value)
          .replaceFirst("e([+-])0*", "e$1")
          .replace("e+", "e");
    }
    String text =
        String.format(
            Locale.ROOT,
            size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f",
            value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
