package dev.lanegrad.plots;

import java.nio.file.Path;

/**
 * Something to be looked at. It is data until it is saved, so it can be made anywhere; saving needs
 * no display.
 */
public sealed interface Picture
    permits Curves, Scatter, Contours, Regions, Bars, Heatmap, Images, Column {
  /** Pixels from left to right where nothing else is said. */
  int DEFAULT_WIDTH = 900;

  /** Pixels from top to bottom where nothing else is said; a {@link Column} has them for each. */
  int DEFAULT_HEIGHT = 500;

  /**
   * Whether a file can be one of a picture, as {@link #save(Path)} asks before it draws: for
   * programs that have long work to do first.
   *
   * @throws PlotException if its name ends in neither {@code .png} nor {@code .svg}, or it cannot
   *     be written, or {@code DISPLAY} names one that cannot be used
   */
  static void check(Path file) {
    PictureFile.check(file);
  }

  /**
   * {@link #save(Path, int, int)} of 900 x 500 pixels, as PNG or SVG by the ending of the file's
   * name. The file appears whole or not at all; one that is there is replaced.
   *
   * @throws PlotException if there is nothing to show, the name ends in neither {@code .png} nor
   *     {@code .svg}, or the file cannot be written
   */
  default void save(Path file) {
    save(file, DEFAULT_WIDTH, DEFAULT_HEIGHT);
  }

  /**
   * The same of another size, in pixels.
   *
   * @throws IllegalArgumentException unless both are from 100 to 10,000
   * @throws PlotException as above
   */
  default void save(Path file, int width, int height) {
    PictureFile.write(this, file, width, height);
  }

  /**
   * A document of SVG.
   *
   * @throws IllegalArgumentException unless both are from 100 to 10,000
   * @throws PlotException if there is nothing to show
   */
  default String toSvg(int width, int height) {
    return PictureFile.svg(this, width, height);
  }

  /**
   * A file of PNG.
   *
   * @param sharpness so many times the pixels in both directions, for print and for screens whose
   *     pixels are small: what is drawn is as large as with 1 when it is shown with this width
   * @throws IllegalArgumentException unless width and height are from 100 to 10,000, with the
   *     sharpness too
   * @throws PlotException if there is nothing to show
   */
  default byte[] toPng(int width, int height, int sharpness) {
    return PictureFile.png(this, width, height, sharpness);
  }
}
