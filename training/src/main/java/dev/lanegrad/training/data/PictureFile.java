package dev.lanegrad.training.data;

import dev.lanegrad.training.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture as AWT reads it, refused where any part of it is missing or broken: AWT itself makes
 * something up for the rest, and says so to a listener at most.
 */
final class PictureFile {
  /** What AWT and the numbers of three channels take for a pixel, in bytes. */
  private static final long BYTES_A_PIXEL = 4 + 3 * Float.BYTES;

  private final Path file;

  private PictureFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read, is of no known format, broken, or larger than
   *     memory
   */
  static BufferedImage decode(Path file) {
    if (ModuleLayer.boot().findModule("java.desktop").isEmpty()) {
      throw new DataException(
          file + ": pictures need the module java.desktop, which this java was made without");
    }
    return new PictureFile(file).decode();
  }

  private BufferedImage decode() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ImageIO.setUseCache(false); // of files, for streams: these are in memory
      ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes));
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new DataException(file + ": is no picture of a known format");
      }
      PictureFormat.check(bytes);
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return read(reader);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders throw either at a broken file
      throw new DataException(file + ": cannot be read as a picture: " + e.getMessage(), e);
    }
  }

  private BufferedImage read(ImageReader reader) throws IOException {
    checkSize(reader.getWidth(0), reader.getHeight(0));
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    // What is ignored is a profile or a thumbnail; all else is about pixels.
    warnings.removeIf(warning -> warning.endsWith("; ignored"));
    if (!warnings.isEmpty()) {
      throw new IOException(warnings.getFirst());
    }
    return image;
  }

  private void checkSize(int width, int height) {
    long megabyte = 1 << 20;
    long needed = (long) width * height * BYTES_A_PIXEL;
    long most = Runtime.getRuntime().maxMemory();
    if (needed > most) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: says that it is %,d x %,d, which takes %,d MB: java has %,d MB (-Xmx)",
              file,
              height,
              width,
              needed / megabyte,
              most / megabyte));
    }
  }
}
