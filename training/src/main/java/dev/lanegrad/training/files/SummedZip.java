package dev.lanegrad.training.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip file whose directory has a sum of the packed bytes of each entry as well. The sum that zip
 * files have is of the unpacked ones, and many packed bytes unpack to the same.
 *
 * <p>It stands in an extra field of kind {@link #KIND}, which readers that do not know it pass over
 * (APPNOTE.TXT 4.5): the CRC-32, 4 bytes from low to high.
 */
final class SummedZip extends ZipOutputStream {
  /** "LG"; registered for nobody. */
  static final int KIND = 'L' | 'G' << 8;

  private final Packed packed;
  private @Nullable ZipEntry entry;

  private SummedZip(Packed packed) {
    super(packed);
    this.packed = packed;
  }

  static SummedZip over(OutputStream out) {
    return new SummedZip(new Packed(out));
  }

  /** Where what is packed goes by, between what is said of it. */
  private static final class Packed extends FilterOutputStream {
    private final CRC32 sum = new CRC32();
    private boolean isSummed;

    Packed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      if (isSummed) {
        sum.update(value);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      if (isSummed) {
        sum.update(bytes, offset, length);
      }
    }
  }

  @Override
  public void putNextEntry(ZipEntry next) throws IOException {
    super.putNextEntry(next);
    entry = next;
    packed.sum.reset();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    packed.isSummed = true;
    super.write(bytes, offset, length);
    packed.isSummed = false;
  }

  @Override
  protected void deflate() throws IOException {
    packed.isSummed = true;
    super.deflate();
    packed.isSummed = false;
  }

  /** The directory is written at the end, and with what the entry has by then. */
  @Override
  public void closeEntry() throws IOException {
    super.closeEntry();
    if (entry != null) {
      ByteBuffer extra = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      extra.putShort((short) KIND).putShort((short) 4).putInt((int) packed.sum.getValue());
      entry.setExtra(extra.array());
      entry = null;
    }
  }
}
