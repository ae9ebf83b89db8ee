package dev.lanegrad.training.files;

import dev.lanegrad.training.DataException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files that appear whole or not at all, whatever happens meanwhile: a full disk, an
 * exception, the end of the process, a loss of power. Whoever has the old file open, or mapped into
 * memory, keeps reading the old one.
 *
 * <p>The bytes go to a hidden file in the same folder, called {@code .NAME.NUMBER.tmp}, then to the
 * disk, and last the file takes its name. A process that is killed may leave a hidden file behind;
 * it can be deleted. A symbolic link is followed. What is no ordinary file, such as {@code
 * /dev/null} or a named pipe, is written to as it is.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered, and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Sees to it that a file can be written, before work that takes long. Whatever the file holds
   * stays.
   *
   * @throws DataException if it is a folder, a file that is protected, or a link to nothing, or if
   *     its folder is not there or takes no files
   */
  public static void check(Path path) {
    Objects.requireNonNull(path, "atomicFile: path is null");
    try {
      Path target = target(path);
      if (isOrdinary(target)) {
        Files.delete(Files.createFile(hidden(target)));
      }
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /**
   * Writes a file, in place of the one that may be there.
   *
   * @throws DataException if it cannot be written; then what was there before still is
   */
  public static void write(Path path, byte[] bytes) {
    Objects.requireNonNull(bytes, "atomicFile: bytes is null");
    write(path, out -> out.write(bytes));
  }

  /**
   * Writes a file, in place of the one that may be there.
   *
   * @throws DataException if it cannot be written; then what was there before still is
   */
  public static void write(Path path, Content content) {
    Objects.requireNonNull(path, "atomicFile: path is null");
    Objects.requireNonNull(content, "atomicFile: content is null");
    try {
      Path target = target(path);
      if (isOrdinary(target)) {
        replace(target, content);
      } else {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
          content.writeTo(out);
        }
      }
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /** Where the bytes go: a link's end, if that is a file. */
  private static Path target(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    if (Files.isDirectory(path)) { // a move could take the place of an empty one
      throw new IOException("it is a folder");
    }
    if (!Files.exists(path) && Files.isSymbolicLink(path)) {
      throw new IOException("it is a link to nothing, " + Files.readSymbolicLink(path));
    }
    if (Files.exists(path) && !Files.isWritable(path)) {
      throw new IOException("it is protected against that");
    }
    return Files.isRegularFile(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  private static boolean isOrdinary(Path target) {
    return !Files.exists(target) || Files.isRegularFile(target);
  }

  private static Path hidden(Path target) {
    long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    return target.resolveSibling(
        String.format(Locale.ROOT, ".%s.%d.tmp", target.getFileName(), number));
  }

  private static DataException cannotWrite(Path path, IOException e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new DataException("%s: cannot be written: %s".formatted(path, reason), e);
  }

  private static void replace(Path target, Content content) throws IOException {
    Path hidden = Files.createFile(hidden(target));
    try {
      // No channel: that would close itself where the thread has been interrupted, as one that is
      // to stop and writes a last checkpoint has.
      try (FileOutputStream file = new FileOutputStream(hidden.toFile());
          OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
        content.writeTo(out);
        out.flush();
        file.getFD().sync();
      }
      Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (Throwable e) {
      Files.deleteIfExists(hidden);
      throw e;
    }
    syncFolder(target);
  }

  /** A new name is on the disk once its folder is; systems that cannot sync one do so by itself. */
  private static void syncFolder(Path target) {
    boolean interrupted = Thread.interrupted();
    try (FileChannel folder = FileChannel.open(Objects.requireNonNull(target.getParent()))) {
      folder.force(true);
    } catch (IOException e) {
      // Windows opens no folder as a file
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
