package dev.lanegrad.training.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Goes through the fields of a message of Protocol Buffers; see {@link MessageWriter}. */
final class MessageReader {
  private static final int MAX_VARINT_BITS = 64;
  private static final int GROUP = 3;
  private static final int GROUP_END = 4;
  private static final int MAX_DEPTH = 100;

  private final String label;
  private final ByteBuffer bytes;
  private int tag;
  private boolean isTaken = true;

  /** A message, and how the file that it is from is called in messages. */
  MessageReader(String label, ByteBuffer bytes) {
    this.label = label;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes on to the next field, over what of this one has not been read; false at the end. */
  boolean next() {
    if (!isTaken) {
      skip(0);
    }
    if (!bytes.hasRemaining()) {
      return false;
    }
    readTag();
    if ((tag & 7) == GROUP_END) {
      throw damaged();
    }
    return true;
  }

  /**
   * The number of the field and its type: 8 times the number plus 0 for a whole number, 1 for a
   * double, 2 for bytes, 5 for a float. A field of another type than it should have is another one.
   */
  int tag() {
    return tag;
  }

  private void readTag() {
    tag = (int) rawVarint();
    if (tag >>> 3 == 0) {
      throw damaged();
    }
    isTaken = false;
  }

  private void skip(int depth) {
    switch (tag & 7) {
      case MessageWriter.VARINT -> varint();
      case MessageWriter.FIXED_64 -> take(Long.BYTES);
      case MessageWriter.BYTES -> message();
      case MessageWriter.FIXED_32 -> take(Integer.BYTES);
      case GROUP -> skipGroup(depth);
      default -> throw damaged();
    }
  }

  /** Fields between two marks, which messages had before they had fields that are messages. */
  private void skipGroup(int depth) {
    int end = (tag & ~7) | GROUP_END;
    if (depth == MAX_DEPTH) {
      throw damaged();
    }
    while (true) {
      readTag();
      if (tag == end) {
        isTaken = true;
        return;
      }
      skip(depth + 1);
    }
  }

  long varint() {
    require(MessageWriter.VARINT);
    return rawVarint();
  }

  double float64() {
    require(MessageWriter.FIXED_64);
    return take(Double.BYTES).getDouble();
  }

  float float32() {
    require(MessageWriter.FIXED_32);
    return take(Float.BYTES).getFloat();
  }

  /** Adds numbers that stand alone or packed to others. */
  double[] float64s(double... before) {
    ByteBuffer packed = (tag & 7) == MessageWriter.BYTES ? message() : null;
    if (packed == null) {
      double[] all = Arrays.copyOf(before, before.length + 1);
      all[before.length] = float64();
      return all;
    }
    if (packed.remaining() % Double.BYTES != 0) {
      throw damaged();
    }
    int count = packed.remaining() / Double.BYTES;
    double[] all = Arrays.copyOf(before, before.length + count);
    packed.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(all, before.length, count);
    return all;
  }

  /** Goes over numbers of a size that stand together. */
  void requirePacked(int size) {
    if (message().remaining() % size != 0) {
      throw damaged();
    }
  }

  /** Goes over whole numbers that stand together. */
  void requirePackedVarints() {
    MessageReader packed = new MessageReader(label, message());
    while (packed.bytes.hasRemaining()) {
      packed.rawVarint();
    }
  }

  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(message()).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(label + ": a text is not UTF-8", e);
    }
  }

  byte[] byteArray() {
    ByteBuffer field = message();
    byte[] copy = new byte[field.remaining()];
    field.get(copy);
    return copy;
  }

  /** The bytes of a field that is a message, a text or bytes. */
  ByteBuffer message() {
    require(MessageWriter.BYTES);
    long length = rawVarint();
    if (length < 0 || length > bytes.remaining()) {
      throw damaged();
    }
    return take((int) length);
  }

  private void require(int wanted) {
    if ((tag & 7) != wanted) {
      throw damaged();
    }
    isTaken = true;
  }

  private ByteBuffer take(int length) {
    isTaken = true;
    if (length > bytes.remaining()) {
      throw damaged();
    }
    ByteBuffer taken = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return taken;
  }

  private long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw damaged();
      }
      byte b = bytes.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  private FormatException damaged() {
    return new FormatException(
        String.format(
            Locale.ROOT, "%s: is no message of Protocol Buffers (field %d)", label, tag >>> 3));
  }
}
