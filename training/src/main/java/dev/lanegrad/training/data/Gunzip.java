package dev.lanegrad.training.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks a gzip file, and knows what follows it: {@link GZIPInputStream} takes that for the end.
 *
 * <p>Source: RFC 1952.
 */
final class Gunzip extends GZIPInputStream {
  private static final int TRAILER = 8;

  private final long header;
  private long unpacked;

  /** Reads the header. */
  Gunzip(InputStream file) throws IOException {
    this(new Counter(file));
  }

  private Gunzip(Counter counter) throws IOException {
    super(counter, 1 << 13);
    header = counter.count;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    unpacked += Math.max(0, count);
    return count;
  }

  /**
   * How many bytes of the file do not belong to it, once all has been read; not known of several
   * files that were put together, which are unpacked one after another.
   */
  long trailing(long fileLength) {
    boolean single = inf.getBytesWritten() == unpacked;
    return single ? fileLength - header - inf.getBytesRead() - TRAILER : 0;
  }

  /** How much has been read, which is the header as long as no more is asked for. */
  private static final class Counter extends FilterInputStream {
    private long count;

    Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
