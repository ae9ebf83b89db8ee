package dev.lanegrad.benchmarks;

import dev.lanegrad.plots.Bars;
import dev.lanegrad.plots.Column;
import dev.lanegrad.plots.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures as bars, one chart below the other. */
final class Plot {
  static final int WIDTH = 1_600;
  static final int HEIGHT = 500;

  private Plot() {}

  /** Writes PNG or SVG, {@link #WIDTH} wide and {@link #HEIGHT} high for each chart. */
  static void save(Path file, List<Figures> figures, List<Comparison> comparisons) {
    List<Picture> charts = new ArrayList<>();
    if (!figures.isEmpty()) {
      charts.add(speedups(figures));
    }
    Map<String, List<Comparison>> byOther = new LinkedHashMap<>();
    for (Comparison c : comparisons) {
      byOther.computeIfAbsent(c.line().against(), _ -> new ArrayList<>()).add(c);
    }
    byOther.forEach((against, lines) -> charts.add(ratios(against, lines)));
    new Column(charts).save(file, WIDTH, HEIGHT);
  }

  private static Bars speedups(List<Figures> figures) {
    Map<String, Map<String, Double>> heights = new LinkedHashMap<>();
    for (Figures f : figures) {
      String label = f.task().name() + " " + f.task().shape();
      add(heights, f.task().dtype().toString(), label, f.speedup().median());
    }
    return new Bars("Vector kernels against scalar ones", "times as fast", heights);
  }

  private static Bars ratios(String against, List<Comparison> comparisons) {
    Map<String, Map<String, Double>> heights = new LinkedHashMap<>();
    for (Comparison c : comparisons) {
      String series = c.line().dtype() + ", threads " + c.line().threads();
      add(heights, series, c.line().name() + " " + c.line().shape(), c.ratio().median());
    }
    return new Bars("Lanegrad against " + against, "its time over ours", heights);
  }

  private static void add(
      Map<String, Map<String, Double>> heights, String series, String label, double height) {
    heights.computeIfAbsent(series, _ -> new LinkedHashMap<>()).put(label, height);
  }
}
