package dev.lanegrad.training.files;

import static dev.lanegrad.training.files.ZipHeader.unsigned;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.zip.ZipException;

/**
 * The entries of a zip file, read more strictly than {@link java.util.zip.ZipFile} does, which
 * takes the word of the directory at the end: what stands before each entry must say the same,
 * entries lie one after the other from the first byte to the directory, and their sums are
 * compared. So damage is found wherever it is, and no byte is unpacked as part of two entries.
 *
 * <p>Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.
 */
final class ZipDirectory {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_BYTES = 56;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;
  private static final int MAX_COMMENT = 0xffff;

  private final FileChannel file;
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

  /** The directory of a file, which stays open as long as this is used. */
  ZipDirectory(FileChannel file) throws IOException {
    this.file = file;
    readCentral(readEnd());
  }

  /**
   * One file in the file.
   *
   * @param crc the sum of what is unpacked
   * @param packedCrc the sum of what is packed, or {@link ZipHeader#NO_SUM}
   * @param size how many bytes are unpacked
   * @param data where the bytes begin that are unpacked
   */
  record Entry(
      String name, int method, long crc, long packedCrc, long packed, long size, long data) {}

  SequencedMap<String, Entry> entries() {
    return entries;
  }

  // ---- the directory

  private record Directory(long start, long bytes, long count) {}

  private Directory readEnd() throws IOException {
    long length = file.size();
    int tailBytes = (int) Math.min(length, END_BYTES + MAX_COMMENT);
    ByteBuffer tail = bytes(length - tailBytes, tailBytes);
    int at = tailBytes - END_BYTES;
    while (at >= 0
        && (tail.getInt(at) != END
            || at + END_BYTES + unsigned(tail.getShort(at + 20)) != tailBytes)) {
      at--;
    }
    if (at < 0) {
      throw new ZipException("is no zip file, or cut off: the end of its directory is missing");
    }
    long end = length - tailBytes + at;
    Directory directory =
        new Directory(
            unsigned(tail.getInt(at + 16)),
            unsigned(tail.getInt(at + 12)),
            unsigned(tail.getShort(at + 10)));
    boolean oneDisk = tail.getInt(at + 4) == 0 && tail.getShort(at + 8) == tail.getShort(at + 10);
    if (end >= LOCATOR_64_BYTES) {
      ByteBuffer locator = bytes(end - LOCATOR_64_BYTES, LOCATOR_64_BYTES);
      if (locator.getInt(0) == LOCATOR_64) {
        oneDisk &= locator.getInt(4) == 0 && locator.getInt(16) == 1;
        end = locator.getLong(8);
        directory = readEnd64(end, length - tailBytes + at - LOCATOR_64_BYTES);
      }
    }
    if (!oneDisk) {
      throw new ZipException("is one part of a zip file in several");
    }
    if (directory.start() < 0
        || directory.bytes() < 0
        || directory.start() != end - directory.bytes()) {
      throw new ZipException("the directory is not where the end of the file says");
    }
    return directory;
  }

  private Directory readEnd64(long start, long end) throws IOException {
    if (start < 0 || start != end - END_64_BYTES) {
      throw new ZipException("the end of the directory is not where the file says");
    }
    ByteBuffer record = bytes(start, END_64_BYTES);
    if (record.getInt(0) != END_64
        || record.getLong(4) != END_64_BYTES - 12
        || record.getLong(16) != 0
        || record.getLong(24) != record.getLong(32)) {
      throw new ZipException("the end of the directory is damaged");
    }
    return new Directory(record.getLong(48), record.getLong(40), record.getLong(32));
  }

  private void readCentral(Directory directory) throws IOException {
    List<Extent> extents = new ArrayList<>();
    long at = directory.start();
    long end = directory.start() + directory.bytes();
    long total = 0;
    while (at < end) {
      if (end - at < CENTRAL_BYTES) {
        throw new ZipException("the directory is cut off");
      }
      ByteBuffer fixed = bytes(at, CENTRAL_BYTES);
      if (fixed.getInt(0) != CENTRAL) {
        throw new ZipException("the directory is damaged at byte " + at);
      }
      int variable =
          unsigned(fixed.getShort(28))
              + unsigned(fixed.getShort(30))
              + unsigned(fixed.getShort(32));
      if (variable > end - at - CENTRAL_BYTES) {
        throw new ZipException("the directory is cut off");
      }
      ZipHeader header = ZipHeader.central(fixed, bytes(at + CENTRAL_BYTES, variable));
      total += LOCAL_BYTES + header.nameBytes() + header.packed(); // before millions take memory
      if (total > directory.start()) {
        throw new ZipException("\"%s\" overlaps with another entry".formatted(header.name()));
      }
      extents.add(locate(header, directory.start()));
      at += CENTRAL_BYTES + variable;
    }
    if (extents.size() != directory.count()) {
      throw new ZipException(
          String.format(
              Locale.ROOT,
              "the directory has %d entries, and the file says %d",
              extents.size(),
              directory.count()));
    }
    requireNoGaps(extents, directory.start());
  }

  /** From where to where an entry lies, with all that belongs to it. */
  private record Extent(String name, long begin, long end) {}

  private static void requireNoGaps(List<Extent> extents, long end) throws ZipException {
    extents.sort(Comparator.comparingLong(Extent::begin));
    long at = 0;
    for (Extent extent : extents) {
      if (extent.begin() != at) {
        throw new ZipException(
            String.format(
                Locale.ROOT,
                "\"%s\" begins at byte %d, and should where the one before ends, at %d",
                extent.name(),
                extent.begin(),
                at));
      }
      at = extent.end();
    }
    if (at != end) {
      throw new ZipException(
          String.format(
              Locale.ROOT, "the entries end at byte %d, and the directory begins at %d", at, end));
    }
  }

  /** Compares what the directory says of an entry with what stands before it. */
  private Extent locate(ZipHeader header, long limit) throws IOException {
    long at = header.offset();
    if (at < 0 || at > limit - LOCAL_BYTES) {
      throw new ZipException("\"%s\" lies outside of the file".formatted(header.name()));
    }
    ByteBuffer fixed = bytes(at, LOCAL_BYTES);
    int variable = unsigned(fixed.getShort(26)) + unsigned(fixed.getShort(28));
    if (fixed.getInt(0) != LOCAL || variable > limit - at - LOCAL_BYTES) {
      throw new ZipException(
          String.format(Locale.ROOT, "\"%s\" is damaged at byte %d", header.name(), at));
    }
    ZipHeader local = ZipHeader.local(fixed, bytes(at + LOCAL_BYTES, variable), at);
    if (!header.agreesWith(local)) {
      throw new ZipException(
          "the directory and what stands before it differ about \"%s\"".formatted(header.name()));
    }
    long data = at + LOCAL_BYTES + variable;
    long end = data + header.packed();
    if (end > limit) {
      throw new ZipException("\"%s\" goes on beyond the directory".formatted(header.name()));
    }
    Entry entry =
        new Entry(
            header.name(),
            header.method(),
            header.crc(),
            header.packedCrc(),
            header.packed(),
            header.size(),
            data);
    if (entries.putIfAbsent(header.name(), entry) != null) {
      throw new ZipException("two entries are called \"%s\"".formatted(header.name()));
    }
    return new Extent(header.name(), at, header.sumFollows() ? afterSum(header, end, limit) : end);
  }

  /**
   * After an entry whose sum was not known before it: with or without a mark, 4 or 8 bytes a size.
   */
  private long afterSum(ZipHeader header, long at, long limit) throws IOException {
    ByteBuffer sum = bytes(at, (int) Math.min(limit - at, 24));
    int marked = sum.limit() >= 4 && sum.getInt(0) == DESCRIPTOR ? 4 : 0;
    if (sum.limit() >= marked + 20
        && unsigned(sum.getInt(marked)) == header.crc()
        && sum.getLong(marked + 4) == header.packed()
        && sum.getLong(marked + 12) == header.size()) {
      return at + marked + 20;
    }
    if (sum.limit() >= marked + 12
        && unsigned(sum.getInt(marked)) == header.crc()
        && unsigned(sum.getInt(marked + 4)) == header.packed()
        && unsigned(sum.getInt(marked + 8)) == header.size()) {
      return at + marked + 12;
    }
    throw new ZipException("the sum after \"%s\" is damaged".formatted(header.name()));
  }

  /** Reads what is packed in an entry; a sum or a length that differs ends in an exception. */
  InputStream open(Entry entry) {
    return CheckedEntry.of(file, entry);
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    FileBytes.fill(file, position, bytes);
    return bytes.flip();
  }
}
