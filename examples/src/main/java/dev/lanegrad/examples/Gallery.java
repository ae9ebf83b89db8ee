package dev.lanegrad.examples;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.PinnedArrays;
import dev.lanegrad.training.files.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * Small gray pictures in rows and columns, each from its smallest number (black) to its largest
 * (white).
 */
final class Gallery {
  private static final int GAP = 2;
  private static final int BACKGROUND = 96;
  private static final int WHITE = 255;

  private Gallery() {}

  /**
   * Writes a PNG.
   *
   * @param pictures of shape [rows, columns, height, width]
   * @param zoom pixels a side that one number takes
   * @throws DataException if the file cannot be written
   */
  static void write(Path file, Tensor pictures, int zoom) {
    PinnedArrays.warnOnce();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(paint(pictures, zoom), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    AtomicFile.write(file, bytes.toByteArray());
  }

  static BufferedImage paint(Tensor pictures, int zoom) {
    if (pictures.rank() != 4) {
      throw new ShapeException(
          "gallery: takes [rows, columns, height, width], not " + pictures.shape());
    }
    int[] dims = pictures.shape().toArray();
    int cellHeight = dims[2] * zoom + GAP;
    int cellWidth = dims[3] * zoom + GAP;
    BufferedImage image =
        new BufferedImage(
            dims[1] * cellWidth + GAP, dims[0] * cellHeight + GAP, BufferedImage.TYPE_BYTE_GRAY);
    int[] background = new int[image.getWidth() * image.getHeight()];
    Arrays.fill(background, BACKGROUND);
    image.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), background);
    for (int row = 0; row < dims[0]; row++) {
      for (int column = 0; column < dims[1]; column++) {
        Tensor picture = pictures.select(0, row).select(0, column);
        paint(image, picture, GAP + row * cellHeight, GAP + column * cellWidth, zoom);
      }
    }
    return image;
  }

  private static void paint(BufferedImage image, Tensor picture, int top, int left, int zoom) {
    double low = picture.min().item();
    double range = picture.max().item() - low;
    double[] values = picture.toDoubleArray();
    int height = picture.shape().dim(0);
    int width = picture.shape().dim(1);
    for (int r = 0; r < height * zoom; r++) {
      for (int c = 0; c < width * zoom; c++) {
        double value = values[r / zoom * width + c / zoom];
        double shade = range == 0 ? 0 : (value - low) / range;
        image.getRaster().setSample(left + c, top + r, 0, (int) Math.round(WHITE * shade));
      }
    }
  }
}
