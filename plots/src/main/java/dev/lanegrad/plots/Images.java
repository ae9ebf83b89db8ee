package dev.lanegrad.plots;

import java.util.List;

/**
 * Small images beside each other, such as filters, feature maps or examples, each with a caption.
 * Each pixel is a square of one colour; one that is NaN has a colour of its own.
 *
 * <pre>{@code
 * Images.of(
 *         "Filters", List.of(new Images.Tile("outline", outline), new Images.Tile("blur", blur)))
 *     .symmetric()
 *     .save(folder.resolve("filters.png"));
 * }</pre>
 *
 * @param title stands above
 * @param tiles by rows from the top left
 * @param columns how many stand in a row; 0 for as many as suits
 * @param shades which numbers are dark and which light
 */
public record Images(String title, List<Tile> tiles, int columns, Shades shades)
    implements Picture {
  /**
   * One image.
   *
   * @param caption stands below
   * @param pixels by rows from the top
   */
  public record Tile(String caption, double[][] pixels) {
    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if there are no pixels, or rows are not equally long
     */
    public Tile {
      Present.of("tile", "caption", caption);
      pixels = Grid.copy("tile", "pixels", pixels);
    }

    @Override
    public double[][] pixels() {
      return Grid.copy(pixels);
    }

    /** The caption and how large it is, not the numbers. */
    @Override
    public String toString() {
      return caption + " (" + pixels[0].length + " x " + pixels.length + " pixels)";
    }
  }

  /** How numbers become colours. */
  public sealed interface Shades {
    /** Grey from the smallest to the largest number of all tiles. */
    record Gray() implements Shades {}

    /** Blue below 0, white at 0, red above, to the same distance. */
    record Symmetric() implements Shades {}

    /**
     * Grey between fixed numbers.
     *
     * @param low and below is black
     * @param high and above is white
     */
    record Range(double low, double high) implements Shades {
      /**
       * Checks the bounds.
       *
       * @throws IllegalArgumentException unless {@code low < high} and both are finite
       */
      public Range {
        if (!(low < high) || !Double.isFinite(high - low)) {
          throw new IllegalArgumentException("images: no range from " + low + " to " + high);
        }
      }
    }
  }

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if there are no tiles, or a negative number of columns
   */
  public Images {
    Present.of("images", "title", title);
    tiles = Present.all("images", "tiles", tiles);
    Present.of("images", "shades", shades);
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("picture \"" + title + "\": has no images");
    }
    if (columns < 0) {
      throw new IllegalArgumentException(
          "picture \"" + title + "\": cannot have " + columns + " columns");
    }
  }

  /** In grey, as many in a row as suits. */
  public static Images of(String title, List<Tile> tiles) {
    return new Images(title, tiles, 0, new Shades.Gray());
  }

  /** The same tiles, so many in a row. */
  public Images columns(int columns) {
    return new Images(title, tiles, columns, shades);
  }

  /** The same tiles in blue below 0, white at 0 and red above. */
  public Images symmetric() {
    return new Images(title, tiles, columns, new Shades.Symmetric());
  }

  /** The same tiles in grey between two fixed numbers. */
  public Images range(double low, double high) {
    return new Images(title, tiles, columns, new Shades.Range(low, high));
  }
}
