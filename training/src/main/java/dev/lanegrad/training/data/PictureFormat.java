package dev.lanegrad.training.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What the formats of pictures say about their own completeness, which AWT does not look at: the
 * end of a JPEG, the checksums and the end of a PNG, the end of a GIF, the length of a BMP.
 *
 * <p>Source: ITU-T T.81, annex B; W3C, Portable Network Graphics, sections 5.3 and 5.5; CompuServe,
 * Graphics Interchange Format 89a; Microsoft, BITMAPFILEHEADER.
 */
final class PictureFormat {
  private static final int JPEG = 0xffd8;
  private static final int PNG = 0x8950;
  private static final int GIF = 0x4749;
  private static final int BMP = 0x424d;

  private final ByteBuffer in;

  private PictureFormat(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /**
   * Looks through a whole file; other formats pass.
   *
   * @throws IOException if part of it is missing or broken
   */
  static void check(byte[] bytes) throws IOException {
    PictureFormat format = new PictureFormat(bytes);
    switch (format.unsignedShort()) {
      case JPEG -> format.checkJpeg();
      case PNG -> format.checkPng();
      case GIF -> format.checkGif();
      case BMP -> format.checkBmp();
      default -> {
        // left to its reader
      }
    }
  }

  /** Marker segments with their lengths; after the start of a scan comes its data. */
  private void checkJpeg() throws IOException {
    while (true) {
      int marker = nextMarker();
      if (marker == 0xd9) { // end of image
        return;
      }
      boolean alone = (marker >= 0xd0 && marker <= 0xd7) || marker == 0x01; // restarts, TEM
      if (!alone) {
        skip(unsignedShort() - 2);
      }
    }
  }

  /** Within a scan 0xff stands for itself where 0 follows. */
  private int nextMarker() throws IOException {
    while (true) {
      int previous = unsignedByte();
      if (previous == 0xff) {
        int marker = unsignedByte();
        while (marker == 0xff) {
          marker = unsignedByte();
        }
        if (marker != 0) {
          return marker;
        }
      }
    }
  }

  /** Chunks: length, name, data, and a checksum of name and data. */
  private void checkPng() throws IOException {
    skip(6);
    while (true) {
      need(12);
      int length = in.getInt();
      if (length < 0) {
        throw new IOException("a chunk has a negative length");
      }
      need(length + 8L);
      CRC32 checksum = new CRC32();
      checksum.update(in.slice(in.position(), length + 4));
      byte[] name = new byte[4];
      in.get(name);
      skip(length);
      String type = new String(name, StandardCharsets.ISO_8859_1);
      if (in.getInt() != (int) checksum.getValue()) {
        throw new IOException("the chunk " + type + " does not have the checksum that it claims");
      }
      if (type.equals("IEND")) {
        return;
      }
    }
  }

  /** Extensions and images, each a list of short blocks, up to the trailer. */
  private void checkGif() throws IOException {
    skip(8);
    skip(3 + colors(unsignedByte(10)));
    while (true) {
      switch (unsignedByte()) {
        case 0x21 -> { // an extension
          skip(1);
          skipBlocks();
        }
        case 0x2c -> {
          skip(8);
          int flags = unsignedByte();
          skip(colors(flags) + 1);
          skipBlocks();
        }
        case 0x3b -> {
          return;
        }
        default -> throw new IOException("there is something other than a block");
      }
    }
  }

  /** Bytes of the table of colours that the flags tell of. */
  private static int colors(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private void skipBlocks() throws IOException {
    for (int length = unsignedByte(); length > 0; length = unsignedByte()) {
      skip(length);
    }
  }

  /** The header has the length of the file, in little-endian order; some programs leave it 0. */
  private void checkBmp() throws IOException {
    need(4);
    long length = Integer.toUnsignedLong(Integer.reverseBytes(in.getInt()));
    if (length > in.capacity()) {
      throw new EOFException("the file ends early");
    }
  }

  private int unsignedByte(int position) throws IOException {
    if (position >= in.limit()) {
      throw new EOFException("the file ends early");
    }
    return Byte.toUnsignedInt(in.get(position));
  }

  private int unsignedByte() throws IOException {
    need(1);
    return Byte.toUnsignedInt(in.get());
  }

  private int unsignedShort() throws IOException {
    need(2);
    return Short.toUnsignedInt(in.getShort());
  }

  private void skip(int count) throws IOException {
    if (count < 0) {
      throw new IOException("a segment is shorter than its own length");
    }
    need(count);
    in.position(in.position() + count);
  }

  private void need(long count) throws IOException {
    if (in.remaining() < count) {
      throw new EOFException("the file ends early");
    }
  }
}
