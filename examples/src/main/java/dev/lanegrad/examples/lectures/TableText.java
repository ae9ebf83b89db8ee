package dev.lanegrad.examples.lectures;

import java.util.ArrayList;
import java.util.List;

/** The cells of a table as text. */
final class TableText {
  private TableText() {}

  /** The header and the rows. */
  static List<List<String>> cells(List<String> header, List<? extends List<?>> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(header);
    for (List<?> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException("a row of " + row.size() + " cells under " + header);
      }
      cells.add(row.stream().map(TableText::cell).toList());
    }
    return cells;
  }

  private static String cell(Object value) {
    return value instanceof Number number ? Numbers.text(number.doubleValue()) : value.toString();
  }

  /** Lines in which the columns stand under each other. */
  static List<String> aligned(List<List<String>> cells) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = cells.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(row.get(i)).repeat(' ', width - row.get(i).length() + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
