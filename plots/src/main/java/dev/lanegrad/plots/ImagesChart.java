package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** Paints {@link Images}: each number as a square of whole pixels where there is room. */
final class ImagesChart implements Drawing.Chart {
  private static final int MARGIN = 12;
  private static final int TITLE = 26;
  private static final int GAP = 10;
  private static final int LINE = 14;
  private static final int MOST_LINES = 2;

  /** Smaller ones could not be made out. */
  private static final int SMALLEST = 8;

  /** Pixels of an image a side for one of the chart. */
  private static final int SHARPNESS = 2;

  private final Images images;
  private final ColorScale scale;
  private final int columns;
  private final double tileWidth;
  private final double tileHeight;
  private final int captionLines;
  private final double pixel;

  ImagesChart(Images images, int width, int height) {
    this.images = images;
    this.scale = scale(images);
    int tallest = images.tiles().stream().mapToInt(t -> t.pixels().length).max().orElse(0);
    int widest = images.tiles().stream().mapToInt(t -> t.pixels()[0].length).max().orElse(0);
    int best = images.columns() > 0 ? images.columns() : columns(widest, tallest, width, height);
    this.columns = Math.min(best, images.tiles().size());
    this.tileWidth = roomWidth(width) / columns - GAP;
    int lines = 0;
    for (Images.Tile tile : images.tiles()) {
      lines = Math.max(lines, lines(tile).size());
    }
    this.captionLines = lines;
    this.tileHeight = roomHeight(height) / rows(columns) - GAP - lines * LINE;
    this.pixel = Math.min(tileWidth / widest, tileHeight / tallest);
    if (pixel * Math.max(widest, tallest) < Math.min(SMALLEST, Math.max(widest, tallest))) {
      throw new PlotException(
          "picture \"%s\": %s images do not fit into %s x %s pixels; show fewer at once"
              .formatted(
                  images.title(),
                  Integer.toString(images.tiles().size()),
                  Integer.toString(width),
                  Integer.toString(height)));
    }
  }

  private static ColorScale scale(Images images) {
    DoubleSummaryStatistics range =
        images.tiles().stream()
            .flatMap(tile -> Arrays.stream(tile.pixels()))
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (range.getCount() == 0) {
      throw new PlotException(
          "picture \"" + images.title() + "\": no image has a number that is finite");
    }
    return switch (images.shades()) {
      case Images.Shades.Gray() -> ColorScale.gray(range.getMin(), range.getMax());
      case Images.Shades.Symmetric() ->
          ColorScale.symmetric(Math.max(Math.abs(range.getMin()), Math.abs(range.getMax())));
      case Images.Shades.Range(double low, double high) -> ColorScale.gray(low, high);
    };
  }

  private static double roomWidth(int width) {
    return width - 2.0 * MARGIN - ColorBar.WIDTH;
  }

  private double roomHeight(int height) {
    return height - 2.0 * MARGIN - (images.title().isBlank() ? 0 : TITLE);
  }

  private int rows(int columns) {
    return (images.tiles().size() + columns - 1) / columns;
  }

  /** How many in a row make the images largest. */
  private int columns(int widest, int tallest, int width, int height) {
    int best = 1;
    double largest = 0;
    for (int columns = 1; columns <= images.tiles().size(); columns++) {
      double across = (roomWidth(width) / columns - GAP) / widest;
      double down = (roomHeight(height) / rows(columns) - GAP - LINE) / tallest;
      if (Math.min(across, down) > largest) {
        largest = Math.min(across, down);
        best = columns;
      }
    }
    return best;
  }

  private List<String> lines(Images.Tile tile) {
    return tile.caption().isBlank()
        ? List.of()
        : Lettering.wrapped(tile.caption(), Lettering.LABEL, tileWidth + GAP - 2, MOST_LINES);
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    Lettering lettering = new Lettering(graphics, width, height);
    String title = Lettering.fitting(images.title(), Lettering.TITLE, width - 2 * MARGIN);
    lettering.write(title, Lettering.TITLE, Color.BLACK, width / 2.0, MARGIN + 6, 0.5);
    double top = height - MARGIN - roomHeight(height);
    for (int i = 0; i < images.tiles().size(); i++) {
      double x = MARGIN + (i % columns) * (tileWidth + GAP) + (tileWidth + GAP) / 2;
      int row = i / columns;
      double y = top + row * (tileHeight + captionLines * LINE + GAP);
      paint(graphics, lettering, images.tiles().get(i), x, y);
    }
    double barHeight = Math.min(200, roomHeight(height) - 2 * GAP);
    ColorBar.paint(
        graphics, lettering, scale, width - MARGIN - ColorBar.WIDTH + GAP, top + GAP, barHeight);
  }

  private void paint(
      Graphics2D graphics, Lettering lettering, Images.Tile tile, double middle, double top) {
    int width = Math.max(1, (int) (pixel * tile.pixels()[0].length));
    int height = Math.max(1, (int) (pixel * tile.pixels().length));
    int x = (int) Math.round(middle - width / 2.0);
    int y = (int) Math.round(top + Math.max(0, tileHeight - height) / 2);
    graphics.drawImage(image(tile.pixels()), x, y, width, height, null);
    graphics.setColor(Color.LIGHT_GRAY);
    graphics.draw(new Rectangle2D.Double(x - 0.5, y - 0.5, width + 1.0, height + 1.0));
    List<String> lines = lines(tile);
    for (int i = 0; i < lines.size(); i++) {
      double below = y + height + (i + 0.5) * LINE + 1;
      lettering.write(lines.get(i), Lettering.LABEL, Color.DARK_GRAY, middle, below, 0.5);
    }
  }

  /** Larger than it is shown, so that its pixels stay sharp in whatever scales them. */
  private BufferedImage image(double[][] pixels) {
    int zoom = Math.max(1, (int) Math.ceil(SHARPNESS * pixel));
    int width = zoom * pixels[0].length;
    int height = zoom * pixels.length;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, scale.of(pixels[y / zoom][x / zoom]).getRGB());
      }
    }
    return image;
  }
}
