package dev.lanegrad.plots;

import dev.lanegrad.training.DataException;
import dev.lanegrad.training.PinnedArrays;
import dev.lanegrad.training.files.AtomicFile;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a picture in the format that the ending of the file's name asks for. */
final class PictureFile {
  private PictureFile() {}

  static void check(Path file) {
    if (!endsWith(file, ".png") && !endsWith(file, ".svg")) {
      throw new PlotException(file + ": a picture's file has a name that ends in .png or .svg");
    }
    try {
      AtomicFile.check(file);
      GraphicsEnvironment.getLocalGraphicsEnvironment();
    } catch (DataException e) {
      throw new PlotException(String.valueOf(e.getMessage()), e);
    } catch (AWTError | LinkageError e) { // the one at first, the other from then on
      throw new PlotException(
          file
              + ": the display that Java was told of cannot be used; none is needed with"
              + " java -Djava.awt.headless=true",
          e);
    }
  }

  static void write(Picture picture, Path file, int width, int height) {
    check(file);
    byte[] bytes =
        endsWith(file, ".svg")
            ? Drawing.of(picture, width, height).svg()
            : png(picture, width, height, 1);
    try {
      AtomicFile.write(file, bytes);
    } catch (DataException e) {
      throw new PlotException(String.valueOf(e.getMessage()), e);
    }
  }

  static String svg(Picture picture, int width, int height) {
    return new String(Drawing.of(picture, width, height).svg(), StandardCharsets.UTF_8);
  }

  static byte[] png(Picture picture, int width, int height, int sharpness) {
    PinnedArrays.warnOnce();
    return Drawing.of(picture, width, height).png(sharpness);
  }

  private static boolean endsWith(Path file, String ending) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
