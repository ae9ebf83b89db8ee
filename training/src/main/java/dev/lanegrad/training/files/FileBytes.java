package dev.lanegrad.training.files;

import dev.lanegrad.training.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bytes of a file from one position to another. */
final class FileBytes extends InputStream {
  private final FileChannel file;
  private final long end;
  private long position;

  FileBytes(FileChannel file, long begin, long end) {
    this.file = file;
    this.position = begin;
    this.end = end;
  }

  /** By what a file is known again: one that has changed would be read at the wrong places. */
  record Identity(@Nullable Object key, long length, FileTime changed) {
    static Identity of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Identity(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }
  }

  /** Opens a file again that has been looked at. */
  static FileChannel reopen(Path path, Identity before) throws IOException {
    FileChannel file = FileChannel.open(path);
    if (!Identity.of(path).equals(before)) {
      file.close();
      throw new DataException(path + ": has changed since it was first read; read it again");
    }
    return file;
  }

  static DataException cannotBeRead(Path path, IOException e) {
    return switch (e) {
      case NoSuchFileException missing ->
          new DataException(path + ": there is no such file", missing);
      case EOFException end ->
          new DataException("%s: has become shorter: %s".formatted(path, end.getMessage()), end);
      default -> new DataException("%s: cannot be read: %s".formatted(path, e.getMessage()), e);
    };
  }

  /** Fills the rest of a buffer with the bytes at a position. */
  static void fill(FileChannel file, long position, ByteBuffer buffer) throws IOException {
    new FileBytes(file, position, position + buffer.remaining()).fill(buffer);
  }

  /** Fills the rest of a buffer with the next bytes. */
  void fill(ByteBuffer buffer) throws IOException {
    if (buffer.remaining() > end - position) {
      throw new EOFException(
          String.format(Locale.ROOT, "%d bytes more than there are", buffer.remaining()));
    }
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, position);
      if (count < 0) {
        throw new EOFException(String.format(Locale.ROOT, "the file ends at byte %d", position));
      }
      position += count;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == end) {
      return -1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, (int) Math.min(length, end - position));
    int count = buffer.remaining();
    fill(buffer);
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(end - position, Integer.MAX_VALUE);
  }
}
