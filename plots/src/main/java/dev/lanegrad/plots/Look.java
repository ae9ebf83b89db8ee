package dev.lanegrad.plots;

import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all charts have in common. */
final class Look {
  private static final Color GRID = new Color(0xE0E0E0);

  private Look() {}

  static void give(AxesChartStyler style) {
    style
        .setPlotGridLinesColor(GRID)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLocale(Locale.ROOT);
  }
}
