package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Says which colour is which number, at the right of a picture. */
final class ColorBar {
  static final int WIDTH = 84;

  private static final int STEPS = 64;
  private static final int BAR = 14;
  private static final int TICKS = 4;

  private ColorBar() {}

  static void paint(
      Graphics2D graphics,
      Lettering lettering,
      ColorScale scale,
      double x,
      double y,
      double height) {
    for (int i = 0; i < STEPS; i++) {
      double value = scale.high() - (i + 0.5) / STEPS * (scale.high() - scale.low());
      graphics.setColor(scale.of(value));
      // To the end, not one step: neighbours leave no gap between them.
      double top = y + i * height / STEPS;
      graphics.fill(new Rectangle2D.Double(x, top, BAR, y + height - top));
    }
    graphics.setColor(Color.GRAY);
    graphics.draw(new Rectangle2D.Double(x, y, BAR, height));
    boolean isOneNumber = scale.low() == scale.high();
    for (int i = 0; i <= TICKS; i += isOneNumber ? TICKS + 1 : 1) {
      double part = isOneNumber ? 0.5 : (double) i / TICKS;
      double value = rounded(scale.low() + part * (scale.high() - scale.low()), scale);
      lettering.write(
          ColorScale.text(value),
          Lettering.LABEL,
          Color.DARK_GRAY,
          x + BAR + 6,
          y + height * (1 - part),
          0);
    }
  }

  /** To a thousandth of the scale: of what should be 0, a little may be left. */
  private static double rounded(double value, ColorScale scale) {
    if (scale.low() == scale.high()) {
      return value;
    }
    double digits = 2 - Math.floor(Math.log10(scale.high() - scale.low()));
    double factor = Math.pow(10, digits);
    return Math.rint(value * factor) / factor;
  }
}
