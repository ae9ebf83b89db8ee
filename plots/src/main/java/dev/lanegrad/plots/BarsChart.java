package dev.lanegrad.plots;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Lays out {@link Bars}. */
final class BarsChart {
  /** So many labels would have bars as wide as barns. */
  private static final int FEW = 6;

  private BarsChart() {}

  static CategoryChart of(Bars bars, int width, int height) {
    List<String> labels = bars.labels();
    if (labels.isEmpty()) {
      throw new PlotException("picture \"%s\": there are no bars".formatted(bars.title()));
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title(bars.title())
            .yAxisTitle(bars.axis())
            .build();
    Look.give(chart.getStyler());
    chart
        .getStyler()
        .setAvailableSpaceFill(labels.size() < FEW ? 0.2 : 0.8)
        .setXAxisLabelRotation(45)
        .setYAxisDecimalPattern("#,##0.##");
    int index = 0;
    for (Map.Entry<String, Map<String, Double>> series : bars.heights().entrySet()) {
      List<Double> heights =
          labels.stream().map(label -> height(series.getValue().get(label))).toList();
      chart.addSeries(series.getKey(), labels, heights).setFillColor(Palette.color(index++));
    }
    return chart;
  }

  /** A bar that a series does not have is as flat as one of height 0. */
  private static double height(@Nullable Double given) {
    return given == null ? 0 : given;
  }
}
