package dev.lanegrad.plots;

import dev.lanegrad.training.PinnedArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes a picture in the format that the ending of the file's name asks for. */
final class PictureFile {
  private PictureFile() {}

  static void write(Picture picture, Path file, int width, int height) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean isPng = name.endsWith(".png");
    if (!isPng && !name.endsWith(".svg")) {
      throw new PlotException(
          file + ": a picture's file has a name that ends in .png or .svg");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new PlotException(file + ": there is no folder " + folder);
    }
    Drawing drawing = Drawing.of(picture, width, height);
    if (isPng) {
      PinnedArrays.warnOnce();
    }
    replace(file, folder, isPng ? drawing.png() : drawing.svg());
  }

  /** Under another name first, so that nobody ever sees half of it. */
  private static void replace(Path file, Path folder, byte[] bytes) {
    Path whole = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try {
        Files.write(whole, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw new PlotException(file + ": cannot be written: " + e, e);
    }
  }
}
