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

  private static final double DARK = 0.55;

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

  /** What can be read on a colour. */
  static Color ink(Color color) {
    double luminance =
        (0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue()) / 255;
    return luminance < DARK ? Color.WHITE : Color.BLACK;
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
