package dev.lanegrad.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears whole or not at all: it is written under another name beside its place, and
 * moved there in one step. What was there before stays until then. A link is followed; what is no
 * ordinary file, such as {@code /dev/null}, is written to.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Sees to it that a file can be written, without a change to it; before work that takes long.
   *
   * @throws DataException if it is a folder, or may not be written, or its folder is not there or
   *     takes no files
   */
  public static void check(Path file) {
    try {
      checkKind(file);
      if (isOrdinary(file)) {
        Files.delete(Files.createFile(beside(file)));
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Writes a file.
   *
   * @throws DataException if that is not possible; what was there before is still there then
   */
  public static void write(Path file, byte[] bytes) {
    try {
      checkKind(file);
      if (isOrdinary(file)) {
        replace(file, bytes);
      } else {
        Files.write(file, bytes);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static void checkKind(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": is a folder; the name of a file is needed");
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new DataException("%s: there is no folder %s".formatted(file, folder));
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new DataException(file + ": may not be written");
    }
  }

  private static boolean isOrdinary(Path file) {
    return !Files.exists(file) || Files.isRegularFile(file);
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path place = place(file);
    Path temporary = beside(place);
    try {
      Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
      Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Where a link leads. */
  private static Path place(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path beside(Path file) throws IOException {
    return place(file).resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
  }

  private static DataException cannotWrite(Path file, IOException e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new DataException("%s: cannot be written: %s".formatted(file, reason), e);
  }
}
