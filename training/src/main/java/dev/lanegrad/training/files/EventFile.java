package dev.lanegrad.training.files;

import dev.lanegrad.training.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads the files that TensorBoard shows, as {@link EventWriter} and other frameworks write them:
 * records with a sum over the length and one over the bytes, so that all damage is found.
 *
 * <p>Source: tensorflow/core/lib/io/record_writer.h.
 */
public final class EventFile {
  static final String VERSION = "brain.Event:";

  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private EventFile() {}

  /**
   * Reads all events.
   *
   * @throws FormatException if the file breaks a rule of the format, is damaged or cut off
   * @throws DataException if it cannot be read
   */
  public static List<Event> read(Path path) {
    List<Event> events = new ArrayList<>();
    read(path, true, events::add);
    return events;
  }

  /**
   * Reads the events of a file that may still be written: one at its end that is not whole yet is
   * left out.
   *
   * @throws FormatException if the file breaks another rule of the format, or is damaged
   * @throws DataException if it cannot be read
   */
  public static List<Event> readSoFar(Path path) {
    List<Event> events = new ArrayList<>();
    read(path, false, events::add);
    return events;
  }

  private static void read(Path path, boolean whole, Consumer<Event> events) {
    Objects.requireNonNull(path, "eventFile: path is null");
    try (FileChannel file = FileChannel.open(path)) {
      long length = file.size();
      try (InputStream in = new BufferedInputStream(new FileBytes(file, 0, length), 1 << 16)) {
        long at = 0;
        while (at < length) {
          int bytes = recordBytes(path, in, at, length);
          if (bytes < 0) {
            break;
          }
          Event event = record(path, in, at, bytes);
          if (at == 0) {
            requireVersion(path, event);
          }
          events.accept(event);
          at += HEAD_BYTES + (long) bytes + Integer.BYTES;
        }
        if (whole && (at < length || length == 0)) {
          throw new FormatException(
              String.format(
                  Locale.ROOT,
                  "%s: is cut off within the record that begins at byte %d",
                  path,
                  at));
        }
      }
    } catch (IOException e) {
      throw FileBytes.cannotBeRead(path, e);
    }
  }

  /** The length of the record at a position, or -1 if it goes beyond the end of the file. */
  private static int recordBytes(Path path, InputStream in, long at, long length)
      throws IOException {
    if (length - at < HEAD_BYTES) {
      return -1;
    }
    byte[] head = in.readNBytes(HEAD_BYTES);
    ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getInt(Long.BYTES) != maskedSum(head, Long.BYTES)) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s: is no file of TensorBoard, or damaged: the sum of the length at byte %d is"
                  + " wrong",
              path,
              at));
    }
    long bytes = fields.getLong(0);
    if (bytes < 0 || bytes > length - at - HEAD_BYTES - Integer.BYTES) {
      return -1;
    }
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s: a record of %,d bytes at byte %d, more than an array holds",
              path,
              bytes,
              at));
    }
    return (int) bytes;
  }

  private static Event record(Path path, InputStream in, long at, int bytes) throws IOException {
    byte[] data = in.readNBytes(bytes);
    ByteBuffer sum = ByteBuffer.wrap(in.readNBytes(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    if (data.length < bytes || sum.remaining() < Integer.BYTES) {
      throw new FormatException(path + ": has become shorter while it was read");
    }
    if (sum.getInt() != maskedSum(data, bytes)) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s: the record that begins at byte %d is damaged: its sum is wrong",
              path,
              at));
    }
    return Event.read(
        String.format(Locale.ROOT, "%s: the record that begins at byte %d", path, at),
        ByteBuffer.wrap(data));
  }

  private static void requireVersion(Path path, Event event) {
    boolean isVersion =
        event.content() instanceof Event.FileVersion(String version) && version.startsWith(VERSION);
    if (!isVersion) {
      throw new FormatException(
          "%s: the first record does not name the version of the file, such as brain.Event:2"
              .formatted(path));
    }
  }

  /**
   * A sum that is itself summed up where records hold records would say nothing; so it is masked.
   */
  private static int maskedSum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }

  /** A record with its sums. */
  static byte[] framed(byte... data) {
    byte[] record = new byte[HEAD_BYTES + data.length + Integer.BYTES];
    ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(head(data.length))
        .put(data)
        .putInt(maskedSum(data, data.length));
    return record;
  }

  /** What stands before a record of a length. */
  static byte[] head(long length) {
    byte[] head = new byte[HEAD_BYTES];
    ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    fields.putInt(maskedSum(head, Long.BYTES));
    return head;
  }
}
