package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/** Paints {@link Heatmap}. */
final class HeatmapChart implements Drawing.Chart {
  private static final int MARGIN = 12;
  private static final int TITLE = 26;
  private static final int LINE = 18;
  private static final int GAP = 6;

  /** Cells are not wider than so many times their height, but for a single row or column. */
  private static final double WIDEST = 2.5;

  private static final int LARGEST_FONT = 13;
  private static final int SMALLEST_FONT = 7;

  private final Heatmap heatmap;
  private final ColorScale scale;
  private final int rowCount;
  private final int columnCount;

  HeatmapChart(Heatmap heatmap) {
    this.heatmap = heatmap;
    double[][] values = heatmap.values();
    rowCount = values.length;
    columnCount = rowCount == 0 ? 0 : values[0].length;
    DoubleSummaryStatistics range =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (range.getCount() == 0) {
      throw new PlotException(
          "picture \"" + heatmap.title() + "\": no cell has a number that is finite");
    }
    scale = ColorScale.of(range.getMin(), range.getMax());
  }

  private static List<String> labels(List<String> given, int count) {
    return given.isEmpty() ? IntStream.range(0, count).mapToObj(Integer::toString).toList() : given;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    Lettering lettering = new Lettering(graphics, width, height);
    List<String> rows = labels(heatmap.rows(), rowCount);
    List<String> columns = labels(heatmap.columns(), columnCount);
    double rowLabels = Math.min(Lettering.widest(rows, Lettering.LABEL), width / 4.0);
    double rowAxis = heatmap.rowAxis().isBlank() ? 0 : LINE;
    double left = MARGIN + rowAxis + rowLabels + GAP;
    double right = width - MARGIN - ColorBar.WIDTH;
    double widestLabel = Lettering.widest(columns, Lettering.LABEL);
    boolean isUpright = widestLabel + GAP > (right - left) / columnCount;
    double columnLabels = isUpright ? Math.min(widestLabel, height / 4.0) + GAP : LINE;
    double columnAxis = heatmap.columnAxis().isBlank() ? 0 : LINE;
    double top = MARGIN + (heatmap.title().isBlank() ? 0 : TITLE);
    double bottom = height - MARGIN - columnAxis - columnLabels;
    Rectangle2D cells = cells(left, top, right - left, bottom - top);
    paintCells(graphics, lettering, cells);
    ColorBar.paint(
        graphics, lettering, scale, cells.getMaxX() + 2 * GAP, cells.getY(), cells.getHeight());
    String title = Lettering.fitting(heatmap.title(), Lettering.TITLE, width - 2 * MARGIN);
    lettering.write(title, Lettering.TITLE, Color.BLACK, cells.getCenterX(), MARGIN + GAP, 0.5);
    writeRows(lettering, rows, cells, rowLabels);
    writeColumns(lettering, columns, cells, isUpright, columnLabels - GAP);
    lettering.writeUpwards(
        Lettering.fitting(heatmap.rowAxis(), Lettering.AXIS, height - 2 * MARGIN),
        Lettering.AXIS,
        Color.BLACK,
        cells.getX() - GAP - rowLabels - LINE / 2.0,
        cells.getCenterY(),
        0.5);
    lettering.write(
        Lettering.fitting(heatmap.columnAxis(), Lettering.AXIS, width - 2 * MARGIN),
        Lettering.AXIS,
        Color.BLACK,
        cells.getCenterX(),
        cells.getMaxY() + columnLabels + LINE / 2.0,
        0.5);
  }

  /** All cells together, in the middle of the room for them. */
  private Rectangle2D cells(double left, double top, double width, double height) {
    double cellWidth = width / columnCount;
    double cellHeight = height / rowCount;
    if (rowCount > 1 && columnCount > 1) {
      cellWidth = Math.min(cellWidth, WIDEST * cellHeight);
      cellHeight = Math.min(cellHeight, WIDEST * cellWidth);
    }
    double usedWidth = cellWidth * columnCount;
    double usedHeight = cellHeight * rowCount;
    return new Rectangle2D.Double(left + (width - usedWidth) / 2, top, usedWidth, usedHeight);
  }

  private void paintCells(Graphics2D graphics, Lettering lettering, Rectangle2D cells) {
    double[][] values = heatmap.values();
    double cellWidth = cells.getWidth() / columnCount;
    double cellHeight = cells.getHeight() / rowCount;
    Font font = numberFont(cellWidth, cellHeight);
    for (int row = 0; row < rowCount; row++) {
      for (int column = 0; column < columnCount; column++) {
        double value = values[row][column];
        Color color = Double.isFinite(value) ? scale.of(value) : ColorScale.NONE;
        double x = cells.getX() + column * cellWidth;
        double y = cells.getY() + row * cellHeight;
        graphics.setColor(color);
        // A little into its neighbours, which are painted later, so that no gap shows.
        double right = Math.min(x + cellWidth + 1, cells.getMaxX());
        double bottom = Math.min(y + cellHeight + 1, cells.getMaxY());
        graphics.fill(new Rectangle2D.Double(x, y, right - x, bottom - y));
        if (font.getSize() > 0) {
          lettering.write(
              ColorScale.text(value),
              font,
              ColorScale.ink(color),
              x + cellWidth / 2,
              y + cellHeight / 2,
              0.5);
        }
      }
    }
    graphics.setColor(Color.GRAY);
    graphics.draw(cells);
  }

  /** The largest in which all numbers fit into their cells; of size 0 if there is none. */
  private Font numberFont(double cellWidth, double cellHeight) {
    List<String> texts =
        Arrays.stream(heatmap.values())
            .flatMapToDouble(Arrays::stream)
            .mapToObj(ColorScale::text)
            .distinct()
            .toList();
    int size = LARGEST_FONT;
    while (size >= SMALLEST_FONT) {
      Font font = Lettering.LABEL.deriveFont((float) size);
      if (1.3 * size <= cellHeight && Lettering.widest(texts, font) + 4 <= cellWidth) {
        return font;
      }
      size--;
    }
    return Lettering.LABEL.deriveFont(0f);
  }

  private void writeRows(Lettering lettering, List<String> rows, Rectangle2D cells, double room) {
    double step = cells.getHeight() / rowCount;
    for (int row = 0; row < rowCount; row += every(step)) {
      lettering.write(
          Lettering.fitting(rows.get(row), Lettering.LABEL, room),
          Lettering.LABEL,
          Color.DARK_GRAY,
          cells.getX() - GAP,
          cells.getY() + (row + 0.5) * step,
          1);
    }
  }

  private void writeColumns(
      Lettering lettering,
      List<String> columns,
      Rectangle2D cells,
      boolean isUpright,
      double room) {
    double step = cells.getWidth() / columnCount;
    for (int column = 0; column < columnCount; column += isUpright ? every(step) : 1) {
      double x = cells.getX() + (column + 0.5) * step;
      double y = cells.getMaxY();
      if (isUpright) {
        String label = Lettering.fitting(columns.get(column), Lettering.LABEL, room);
        lettering.writeUpwards(label, Lettering.LABEL, Color.DARK_GRAY, x, y + GAP, 1);
      } else {
        lettering.write(
            columns.get(column), Lettering.LABEL, Color.DARK_GRAY, x, y + LINE / 2.0 + 2, 0.5);
      }
    }
  }

  /** Labels that would touch are left out. */
  private static int every(double step) {
    return (int) Math.ceil(14 / step);
  }
}
