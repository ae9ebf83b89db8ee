package dev.lanegrad.plots;

import java.util.List;

/**
 * A table of numbers as coloured cells, with the numbers in them where they fit: a confusion
 * matrix, weights, losses by two settings. They go from white to dark blue, or where there are
 * numbers on both sides of 0 from blue over white to red; a cell whose number is NaN or infinite is
 * of another colour.
 *
 * <pre>{@code
 * Heatmap.of("Confusion", counts)
 *     .rows("true class", List.of("cat", "dog"))
 *     .columns("predicted class", List.of("cat", "dog"))
 *     .save(folder.resolve("confusion.png"));
 * }</pre>
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
  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if there are no numbers, rows are not equally long, or there
   *     are not as many labels as rows or columns
   */
  public Heatmap {
    Present.of("heatmap", "title", title);
    Present.of("heatmap", "rowAxis", rowAxis);
    rows = Present.all("heatmap", "rows", rows);
    Present.of("heatmap", "columnAxis", columnAxis);
    columns = Present.all("heatmap", "columns", columns);
    values = Grid.copy("heatmap", "values", values);
    requireAsMany(title, "rows", rows, values.length);
    requireAsMany(title, "columns", columns, values[0].length);
  }

  private static void requireAsMany(String title, String what, List<String> labels, int count) {
    if (!labels.isEmpty() && labels.size() != count) {
      throw new IllegalArgumentException(
          "picture \"%s\": has %s labels for %s %s"
              .formatted(title, Integer.toString(labels.size()), Integer.toString(count), what));
    }
  }

  @Override
  public double[][] values() {
    return Grid.copy(values);
  }

  /** The title and how large it is, not the numbers. */
  @Override
  public String toString() {
    return title + " (" + values.length + " x " + values[0].length + " cells)";
  }

  /** With rows and columns labelled by their numbers. */
  public static Heatmap of(String title, double[][] values) {
    return new Heatmap(title, "", List.of(), "", List.of(), values);
  }

  /** The same cells with labels for the rows, from the top. */
  public Heatmap rows(String axis, List<String> labels) {
    Present.of("heatmap", "axis", axis);
    Present.all("heatmap", "labels", labels);
    return new Heatmap(title, axis, labels, columnAxis, columns, values);
  }

  /** The same cells with labels for the columns, from the left. */
  public Heatmap columns(String axis, List<String> labels) {
    Present.of("heatmap", "axis", axis);
    Present.all("heatmap", "labels", labels);
    return new Heatmap(title, rowAxis, rows, axis, labels, values);
  }
}
