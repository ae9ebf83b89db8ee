package dev.lanegrad.benchmarks;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Figures as bars, one chart below the other. */
final class Plot {
  static final int WIDTH = 1_600;
  static final int HEIGHT = 500;

  /** So many bars would be as wide as barns. */
  private static final int FEW = 6;

  private Plot() {}

  /** A PNG, {@link #WIDTH} wide and {@link #HEIGHT} high for each chart. */
  static byte[] png(List<Figures> figures, List<Comparison> comparisons) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<CategoryChart> charts = new ArrayList<>();
    if (!figures.isEmpty()) {
      charts.add(
          chart(
              "Vector kernels against scalar ones",
              "times as fast",
              figures,
              f -> "%s %s".formatted(f.task().name(), f.task().shape()),
              f -> f.task().dtype().toString(),
              f -> f.speedup().median()));
    }
    Map<String, List<Comparison>> byOther = new LinkedHashMap<>();
    for (Comparison c : comparisons) {
      byOther.computeIfAbsent(c.line().against(), _ -> new ArrayList<>()).add(c);
    }
    byOther.forEach(
        (against, lines) ->
            charts.add(
                chart(
                    "Lanegrad against " + against,
                    "its time over ours",
                    lines,
                    c -> "%s %s".formatted(c.line().name(), c.line().shape()),
                    c ->
                        String.format(
                            Locale.ROOT, "%s, threads %d", c.line().dtype(), c.line().threads()),
                    c -> c.ratio().median())));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(charts, charts.size(), 1, out, BitmapFormat.PNG);
    return out.toByteArray();
  }

  private static <T> CategoryChart chart(
      String title,
      String axis,
      List<T> bars,
      Function<T, String> label,
      Function<T, String> series,
      ToDoubleFunction<T> height) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(axis)
            .build();
    chart
        .getStyler()
        .setAvailableSpaceFill(bars.size() < FEW ? 0.2 : 0.8)
        .setXAxisLabelRotation(45)
        .setYAxisDecimalPattern("#,##0.##")
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLocale(Locale.ROOT);
    List<String> labels = bars.stream().map(label).distinct().toList();
    Map<String, Map<String, Double>> heights = new LinkedHashMap<>();
    for (T bar : bars) {
      heights
          .computeIfAbsent(series.apply(bar), _ -> new LinkedHashMap<>())
          .put(label.apply(bar), height.applyAsDouble(bar));
    }
    heights.forEach(
        (name, values) ->
            chart.addSeries(
                name, labels, labels.stream().map(l -> values.getOrDefault(l, 0.0)).toList()));
    return chart;
  }
}
