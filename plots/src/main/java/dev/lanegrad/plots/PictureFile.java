package dev.lanegrad.plots;

import dev.lanegrad.training.PinnedArrays;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;

/** Writes a picture in the format that the ending of the file's name asks for. */
final class PictureFile {
  private PictureFile() {}

  static void check(Path file) {
    if (!endsWith(file, ".png") && !endsWith(file, ".svg")) {
      throw new PlotException(file + ": a picture's file has a name that ends in .png or .svg");
    }
    if (!Files.isDirectory(folder(file))) {
      throw new PlotException(file + ": there is no folder " + folder(file));
    }
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment();
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
    Drawing drawing = Drawing.of(picture, width, height);
    if (endsWith(file, ".svg")) {
      replace(file, drawing.svg());
    } else {
      PinnedArrays.warnOnce();
      replace(file, drawing.png());
    }
  }

  private static boolean endsWith(Path file, String ending) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  /** Under another name first, so that nobody ever sees half of it. */
  private static void replace(Path file, byte[] bytes) {
    String owner = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    Path whole = folder(file).resolve("." + file.getFileName() + "." + owner);
    try {
      try {
        Files.write(whole, bytes);
        Files.move(
            whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw new PlotException(file + ": cannot be written: " + e, e);
    }
  }
}
