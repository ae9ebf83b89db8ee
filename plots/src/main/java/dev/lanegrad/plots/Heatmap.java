package dev.lanegrad.plots;

import java.util.List;

/**
 * A table of numbers as coloured cells, with the numbers in them where they fit: a confusion
 * matrix, weights, losses by two settings.
 *
 * @param title stands above
 * @param rowAxis what the rows are
 * @param rows a label for each row from the top; none for their numbers
 * @param columnAxis what the columns are
 * @param columns a label for each column from the left; none for their numbers
 * @param values by rows
 */
public record Heatmap(
    String title,
    String rowAxis,
    List<String> rows,
    String columnAxis,
    List<String> columns,
    double[][] values)
    implements Picture {
  /** Keeps copies. */
  public Heatmap {
    Present.of("heatmap", "title", title);
    Present.of("heatmap", "rowAxis", rowAxis);
    rows = Present.all("heatmap", "rows", rows);
    Present.of("heatmap", "columnAxis", columnAxis);
    columns = Present.all("heatmap", "columns", columns);
    Present.of("heatmap", "values", values);
  }

  /** With rows and columns labelled by their numbers. */
  public static Heatmap of(String title, double[][] values) {
    return new Heatmap(title, "", List.of(), "", List.of(), values);
  }

  /** The same cells with labels for the rows, from the top. */
  public Heatmap rows(String axis, List<String> labels) {
    return new Heatmap(title, axis, labels, columnAxis, columns, values);
  }

  /** The same cells with labels for the columns, from the left. */
  public Heatmap columns(String axis, List<String> labels) {
    return new Heatmap(title, rowAxis, rows, axis, labels, values);
  }
}
