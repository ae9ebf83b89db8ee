package dev.lanegrad.plots;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture laid out: charts of one size, one below the other.
 *
 * @param charts from top to bottom
 * @param description of all of them
 * @param width of each, in pixels
 * @param height of each, in pixels
 */
record Drawing(List<Chart> charts, Description description, int width, int height) {
  /** What XChart's charts have in common. */
  interface Chart {
    void paint(Graphics2D graphics, int width, int height);
  }

  private static final Pattern PATH = Pattern.compile(" d=\"[^\"]*\"");
  private static final Pattern DECIMALS = Pattern.compile("(\\.\\d\\d)\\d+");

  /** Viewers make pixels of images that are shown larger smooth, unless told otherwise. */
  private static final String CRISP = "<image style=\"image-rendering:pixelated\" ";

  private static final int SMALLEST = 100;
  private static final int LARGEST = 10_000;

  static Drawing of(Picture picture, int width, int height) {
    requireSize(width, height);
    List<Chart> charts = charts(picture, width, height).toList();
    return new Drawing(charts, Description.of(picture), width, height);
  }

  private static void requireSize(long width, long height) {
    if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
      throw new IllegalArgumentException(
          "picture: "
              + (width + " x " + height + " pixels, not from ")
              + (SMALLEST + " to " + LARGEST + " each"));
    }
  }

  private static Stream<Chart> charts(Picture picture, int width, int height) {
    return switch (picture) {
      case Curves curves -> Stream.of(CurvesChart.of(curves, width, height)::paint);
      case Contours contours -> Stream.of(ContoursChart.of(contours, width, height)::paint);
      case Scatter scatter -> Stream.of(ScatterChart.of(scatter, width, height)::paint);
      case Regions regions -> Stream.of(new RegionsChart(regions, width, height));
      case Heatmap heatmap -> Stream.of(new HeatmapChart(heatmap));
      case Images images -> Stream.of(new ImagesChart(images, width, height));
      case Bars bars -> Stream.of(BarsChart.of(bars, width, height)::paint);
      case Column column ->
          column.pictures().stream().flatMap(inside -> charts(inside, width, height));
    };
  }

  private int totalHeight() {
    return charts.size() * height;
  }

  private void paint(Graphics2D graphics) {
    for (int i = 0; i < charts.size(); i++) {
      graphics.translate(0, i == 0 ? 0 : height);
      charts.get(i).paint(graphics, width, height);
    }
  }

  byte[] png(int sharpness) {
    requireSize(width * (long) sharpness, height * (long) sharpness);
    BufferedImage image =
        new BufferedImage(width * sharpness, totalHeight() * sharpness, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(sharpness, sharpness);
    paint(graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  byte[] svg() {
    VectorGraphics2D graphics = new VectorGraphics2D();
    paint(graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(JoinedLines.of(graphics.getCommands()), new PageSize(width, totalHeight()))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String document = shortened(bytes.toString(StandardCharsets.UTF_8));
    return description.in(document).getBytes(StandardCharsets.UTF_8);
  }

  /** Coordinates of paths to a hundredth of a pixel, which makes files half as large. */
  private static String shortened(String svg) {
    return PATH.matcher(svg.replace("<image ", CRISP))
        .replaceAll(path -> DECIMALS.matcher(path.group()).replaceAll("$1"));
  }
}
