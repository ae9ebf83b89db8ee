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
 * it can be deleted.
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
   * Writes a file, in place of the one that may be there. A symbolic link is followed.
   *
   * @throws DataException if it cannot be written; then what was there before still is
   */
  public static void write(Path path, Content content) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(content, "content");
    try {
      Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path.toAbsolutePath();
      replace(target, content);
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(path, reason(path, e)), e);
    }
  }

  private static String reason(Path path, IOException e) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      return "there is no folder " + folder;
    }
    return Files.isDirectory(path) ? "it is a folder" : String.valueOf(e.getMessage());
  }

  private static void replace(Path target, Content content) throws IOException {
    long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    Path hidden =
        target.resolveSibling(
            String.format(Locale.ROOT, ".%s.%d.tmp", target.getFileName(), number));
    if (Files.isDirectory(target)) { // a move could take the place of an empty one
      throw new IOException("it is a folder");
    }
    Files.createFile(hidden);
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
