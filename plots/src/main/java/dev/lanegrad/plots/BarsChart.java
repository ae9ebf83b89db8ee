package dev.lanegrad.plots;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Lays out {@link Bars}. */
final class BarsChart {
  /** So many labels would have bars as wide as barns. */
  private static final int FEW = 6;

  private BarsChart() {}

  static CategoryChart of(Bars bars, int width, int height) {
    Axis axis = Axis.linear(bars.axis());
    double[] heights =
        bars.heights().values().stream()
            .flatMap(series -> series.values().stream())
            .mapToDouble(Double::doubleValue)
            .filter(axis::has)
            .toArray();
    if (heights.length == 0) {
      throw new PlotException("picture \"" + bars.title() + "\": there are no bars");
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title(Look.fitting(bars.title(), width))
            .yAxisTitle(Look.fitting(bars.axis(), height / 2))
            .build();
    Look.give(chart.getStyler());
    List<String> labels = bars.labels();
    chart
        .getStyler()
        .setAvailableSpaceFill(labels.size() < FEW ? 0.2 : 0.8)
        .setXAxisLabelRotation(45);
    Side side = Side.fromZero(chart.getStyler(), heights);
    int index = 0;
    for (Map.Entry<String, Map<String, Double>> series : bars.heights().entrySet()) {
      double[] given =
          labels.stream()
              .mapToDouble(label -> series.getValue().getOrDefault(label, 0.0))
              .map(value -> axis.has(value) ? value : 0)
              .toArray();
      List<Double> places = Arrays.stream(side.places(given)).boxed().toList();
      chart
          .addSeries(series.getKey(), labels, places)
          .setFillColor(Palette.color(index++))
          .setLabel(Look.fitting(series.getKey(), width / 3));
    }
    return chart;
  }
}
