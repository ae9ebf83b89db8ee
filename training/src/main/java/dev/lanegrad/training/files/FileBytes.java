package dev.lanegrad.training.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

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

  /** Fills the rest of a buffer with the bytes at a position. */
  static void fill(FileChannel file, long position, ByteBuffer buffer) throws IOException {
    new FileBytes(file, position, position + buffer.remaining()).fill(buffer);
  }

  /** Fills the rest of a buffer with the next bytes. */
  void fill(ByteBuffer buffer) throws IOException {
    if (buffer.remaining() > end - position) {
      throw new EOFException("%d bytes more than there are".formatted(buffer.remaining()));
    }
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, position);
      if (count < 0) {
        throw new EOFException("the file ends at byte %d".formatted(position));
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
