package dev.lanegrad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all charts have in common. */
final class Look {
  private static final Color GRID = new Color(0xE8E8E8);

  /** Without dashes, of which SVG would draw each by itself. */
  private static final BasicStroke GRID_LINE = new BasicStroke(1);

  /** About as wide as a letter, in pixels. */
  private static final int LETTER = 10;

  private Look() {}

  /** Text as long as there is room for, in pixels: a chart without room for its plot never ends. */
  static String fitting(String text, int room) {
    int letters = Math.max(4, room / LETTER);
    return text.length() <= letters ? text : text.substring(0, letters - 1) + "…";
  }

  static void give(AxesChartStyler style) {
    style
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(GRID_LINE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLocale(Locale.ROOT);
  }
}
