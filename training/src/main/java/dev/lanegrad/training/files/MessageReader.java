package dev.lanegrad.training.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Goes through the fields of a message of Protocol Buffers; see {@link MessageWriter}. */
final class MessageReader {
  private static final int MAX_VARINT_BITS = 64;

  private final String label;
  private final ByteBuffer bytes;
  private int field;
  private int type;
  private boolean isTaken = true;

  /** A message, and how the file that it is from is called in messages. */
  MessageReader(String label, ByteBuffer bytes) {
    this.label = label;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes on to the next field, over what of this one has not been read; false at the end. */
  boolean next() {
    if (!isTaken) {
      skip();
    }
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = rawVarint();
    field = (int) (tag >>> 3);
    type = (int) tag & 7;
    if (tag >>> 32 != 0 || field == 0) {
      throw damaged();
    }
    isTaken = false;
    return true;
  }

  private void skip() {
    switch (type) {
      case MessageWriter.VARINT -> varint();
      case MessageWriter.FIXED_64 -> take(Long.BYTES);
      case MessageWriter.BYTES -> message();
      case MessageWriter.FIXED_32 -> take(Integer.BYTES);
      default -> throw damaged();
    }
  }

  /** The number of the field. */
  int field() {
    return field;
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
    ByteBuffer packed = type == MessageWriter.BYTES ? message() : null;
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
    if (type != wanted) {
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
        "%s: is no message of Protocol Buffers (field %d)".formatted(label, field));
  }
}
