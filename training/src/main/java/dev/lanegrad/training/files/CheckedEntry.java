package dev.lanegrad.training.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What is packed in an entry of a zip file. At its end lengths and sums are compared, of what was
 * unpacked and, where the directory has one, of what was packed.
 */
final class CheckedEntry extends CheckedInputStream {
  private final Checksum packed;
  private final ZipDirectory.Entry entry;
  private long count;

  static CheckedEntry of(FileChannel file, ZipDirectory.Entry entry) {
    CheckedInputStream packed =
        new CheckedInputStream(
            new FileBytes(file, entry.data(), entry.data() + entry.packed()), new CRC32());
    InputStream unpacked =
        entry.method() == ZipHeader.STORED ? packed : new Unpacked(packed, new Inflater(true));
    return new CheckedEntry(unpacked, packed.getChecksum(), entry);
  }

  /** Gives the memory outside of the heap back when it is closed. */
  private static final class Unpacked extends InflaterInputStream {
    Unpacked(InputStream packed, Inflater inflater) {
      super(packed, inflater, 1 << 13);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }

    boolean hasMore() throws IOException {
      return inf.getRemaining() > 0 || in.read() >= 0;
    }
  }

  private CheckedEntry(InputStream unpacked, Checksum packed, ZipDirectory.Entry entry) {
    super(unpacked, new CRC32());
    this.packed = packed;
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read;
    try {
      read = super.read(bytes, offset, length);
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
    if (read >= 0) {
      count += read;
      if (count > entry.size()) {
        throw damaged(null);
      }
    } else if (count != entry.size()
        || getChecksum().getValue() != entry.crc()
        || (in instanceof Unpacked unpacked && unpacked.hasMore())
        || (entry.packedCrc() != ZipHeader.NO_SUM && packed.getValue() != entry.packedCrc())) {
      throw damaged(null);
    }
    return read;
  }

  private ZipException damaged(@Nullable Exception cause) {
    ZipException damaged =
        new ZipException(
            "\"%s\" is damaged: its bytes do not have the sum or the number that they had"
                .formatted(entry.name()));
    damaged.initCause(cause);
    return damaged;
  }
}
