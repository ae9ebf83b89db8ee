package dev.lanegrad.training.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Fields of a message as Protocol Buffers write them.
 *
 * <p>Source: <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>.
 */
final class MessageWriter {
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int BYTES = 2;
  static final int FIXED_32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  MessageWriter varint(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  MessageWriter number(int field, double value) {
    tag(field, FIXED_64);
    littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    return this;
  }

  MessageWriter number(int field, float value) {
    tag(field, FIXED_32);
    littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    return this;
  }

  MessageWriter numbers(int field, double... values) {
    tag(field, BYTES);
    varint((long) values.length * Double.BYTES);
    for (double value : values) {
      littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }
    return this;
  }

  MessageWriter text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  MessageWriter message(int field, MessageWriter message) {
    return bytes(field, message.toBytes());
  }

  MessageWriter bytes(int field, byte... bytes) {
    tag(field, BYTES);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void littleEndian(long bits, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (bits >>> (i * Byte.SIZE)));
    }
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    while ((value & ~0x7fL) != 0) {
      out.write((int) (value & 0x7f) | 0x80);
      value >>>= 7;
    }
    out.write((int) value);
  }
}
