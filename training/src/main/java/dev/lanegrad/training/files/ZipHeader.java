package dev.lanegrad.training.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * What is said of an entry of a zip file, in the directory or before the entry: PKWARE, APPNOTE.TXT
 * 6.3.10, sections 4.3.7, 4.3.12 and 4.5.
 *
 * @param nameBytes how many bytes the name takes
 * @param flags its general purpose bit flag
 * @param time of its last change
 * @param crc the sum of what is unpacked
 * @param extra sizes, place and sum as the extra fields have them
 */
record ZipHeader(
    String name,
    int nameBytes,
    int version,
    int flags,
    int method,
    int time,
    long crc,
    Extra extra) {
  static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int SUM_FOLLOWS = 1 << 3;
  private static final int UTF_8 = 1 << 11;
  private static final int LEVEL = 3 << 1;

  /** 1.0, 2.0 (deflated) and 4.5 (sizes beyond 32 bits). */
  private static final Set<Integer> VERSIONS = Set.of(10, 20, 45);

  private static final int VERSION_64 = 45;

  /** The directory has none of what is packed. */
  static final long NO_SUM = -1;

  /**
   * Numbers that may stand in extra fields.
   *
   * @param isLarge whether one of them takes more than 32 bits
   * @param packed how many bytes are packed
   * @param size how many bytes are unpacked
   * @param offset where the entry begins
   * @param packedCrc the sum of what is packed, or {@link #NO_SUM}
   */
  private record Extra(boolean isLarge, long packed, long size, long offset, long packedCrc) {
    private static final int KIND_64 = 1;
    private static final long IN_EXTRA = 0xffffffffL;

    /** Times and owners as NTFS and Info-ZIP note them, and Java's mark; nothing of the arrays. */
    private static final Set<Integer> OTHERS =
        Set.of(0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe);

    static Extra read(String name, long packed, long size, long offset, ByteBuffer fields)
        throws ZipException {
      boolean isLarge = packed == IN_EXTRA || size == IN_EXTRA || offset == IN_EXTRA;
      Extra extra = new Extra(isLarge, packed, size, offset, NO_SUM);
      while (fields.remaining() >= 4) {
        int kind = unsigned(fields.getShort());
        int length = unsigned(fields.getShort());
        boolean isKnown =
            kind == KIND_64 || (kind == SummedZip.KIND && length == 4) || OTHERS.contains(kind);
        if (length > fields.remaining() || !isKnown) {
          throw damaged(name);
        }
        ByteBuffer value = fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        extra = extra.with(kind, value);
        fields.position(fields.position() + length);
      }
      if (fields.hasRemaining()) {
        throw damaged(name);
      }
      return extra;
    }

    private Extra with(int kind, ByteBuffer value) {
      return switch (kind) {
        case KIND_64 -> {
          long newSize = in64(size, value);
          long newPacked = in64(packed, value);
          yield new Extra(isLarge, newPacked, newSize, in64(offset, value), packedCrc);
        }
        case SummedZip.KIND -> new Extra(isLarge, packed, size, offset, unsigned(value.getInt()));
        default -> this;
      };
    }

    private static long in64(long number, ByteBuffer value) {
      return number == IN_EXTRA && value.remaining() >= 8 ? value.getLong() : number;
    }
  }

  static ZipHeader central(ByteBuffer fixed, ByteBuffer variable) throws ZipException {
    if (fixed.getShort(34) != 0) {
      throw new ZipException("is one part of a zip file in several");
    }
    ByteBuffer fields = fixed.slice(6, 40).order(ByteOrder.LITTLE_ENDIAN);
    ZipHeader header = read(fields, variable, unsigned(fixed.getInt(42)));
    boolean isAsWritten =
        fixed.getShort(4) == fixed.getShort(6)
            && fixed.getShort(32) == 0
            && fixed.getShort(36) == 0
            && fixed.getInt(38) == 0;
    if (header.packedCrc() != NO_SUM && !isAsWritten) {
      throw damaged(header.name);
    }
    return header;
  }

  static ZipHeader local(ByteBuffer fixed, ByteBuffer variable, long offset) throws ZipException {
    return read(fixed.slice(4, 26).order(ByteOrder.LITTLE_ENDIAN), variable, offset);
  }

  /** From the version on both have the same fields. */
  private static ZipHeader read(ByteBuffer fields, ByteBuffer variable, long offset)
      throws ZipException {
    int nameBytes = unsigned(fields.getShort(22));
    int extraBytes = unsigned(fields.getShort(24));
    int flags = unsigned(fields.getShort(2));
    String name = name(variable.slice(0, nameBytes), flags);
    long packed = unsigned(fields.getInt(14));
    long size = unsigned(fields.getInt(18));
    ByteBuffer others = variable.slice(nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
    Extra extra = Extra.read(name, packed, size, offset, others);
    int version = unsigned(fields.getShort(0));
    int method = unsigned(fields.getShort(4));
    boolean known =
        VERSIONS.contains(version)
            && (flags & ~(SUM_FOLLOWS | UTF_8 | LEVEL)) == 0
            && (method == STORED || method == DEFLATED)
            && extra.packed >= 0
            && extra.size >= 0
            && (method == DEFLATED || extra.packed == extra.size || (flags & SUM_FOLLOWS) != 0);
    if (!known) {
      throw new ZipException(
          String.format(
              Locale.ROOT,
              "\"%s\" is packed in a way that is not read, or damaged (method %d, flags %x)",
              name,
              method,
              flags));
    }
    long crc = unsigned(fields.getInt(10));
    return new ZipHeader(name, nameBytes, version, flags, method, fields.getInt(6), crc, extra);
  }

  private static ZipException damaged(String name) {
    return new ZipException("what is said of \"%s\" is damaged".formatted(name));
  }

  private static String name(ByteBuffer bytes, int flags) throws ZipException {
    try {
      return ((flags & UTF_8) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII)
          .newDecoder()
          .decode(bytes)
          .toString();
    } catch (CharacterCodingException e) {
      throw (ZipException) new ZipException("a name is no UTF-8").initCause(e);
    }
  }

  long packed() {
    return extra.packed;
  }

  long size() {
    return extra.size;
  }

  long offset() {
    return extra.offset;
  }

  long packedCrc() {
    return extra.packedCrc;
  }

  /** Whether the sum of an entry stands behind it. */
  boolean sumFollows() {
    return (flags & SUM_FOLLOWS) != 0;
  }

  boolean agreesWith(ZipHeader local) {
    boolean later = sumFollows();
    return name.equals(local.name)
        && (version == local.version || (extra.isLarge && version == VERSION_64)) // known too late
        && flags == local.flags
        && method == local.method
        && time == local.time
        && (crc == local.crc || (later && local.crc == 0))
        && (packed() == local.packed() || (later && local.packed() == 0))
        && (size() == local.size() || (later && local.size() == 0));
  }

  static int unsigned(short value) {
    return Short.toUnsignedInt(value);
  }

  static long unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }
}
