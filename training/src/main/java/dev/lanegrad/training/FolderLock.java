package dev.lanegrad.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one training writes into at a time. The system keeps the lock and takes it back
 * when the process ends, however that ends, so that a file which was left does not lock.
 *
 * <p>The folders of this process are noted besides: a lock belongs to the process, and on POSIX
 * systems closing any other channel of its file would give it up.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lock";

  /** Beyond what is written, so that others may read it on Windows too. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int LONGEST_NUMBER = 20;

  private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final @Nullable FileChannel channel;

  private FolderLock(Path folder, @Nullable FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks a folder that is there.
   *
   * @throws CheckpointException if it is locked already
   */
  static FolderLock of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HERE.add(real)) {
      throw new CheckpointException(inUse(folder, "a training of this process"));
    }
    boolean isLocked = false;
    try {
      FolderLock lock = new FolderLock(real, locked(folder));
      isLocked = true;
      return lock;
    } finally {
      if (!isLocked) {
        HERE.remove(real);
      }
    }
  }

  private static @Nullable FileChannel locked(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = file.tryLock(LOCKED_BYTE, 1, false);
    } catch (IOException e) {
      file.close(); // a file system without locks
      return null;
    }
    if (lock == null) {
      String owner = read(file);
      file.close();
      throw new CheckpointException(inUse(folder, "process " + owner));
    }
    file.truncate(0);
    file.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return file;
  }

  private static String read(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_NUMBER);
    file.read(bytes, 0);
    return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
  }

  private static String inUse(Path folder, String owner) {
    return "%s: %s keeps its checkpoints there: wait for its end, or take another folder"
        .formatted(folder, owner);
  }

  @Override
  public String toString() {
    return "FolderLock[%s]".formatted(folder);
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      System.getLogger("dev.lanegrad.training")
          .log(System.Logger.Level.WARNING, "%s: its lock stays: %s".formatted(folder, e));
    } finally {
      HERE.remove(folder);
    }
  }
}
