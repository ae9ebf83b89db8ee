package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Elements of a tensor from bytes and to bytes, piece by piece. */
final class Elements {
  /** Elements that are written at once. */
  private static final int PIECE = 1 << 13;

  private Elements() {}

  /** Where bytes come from. */
  @FunctionalInterface
  interface Source {
    /** Fills the rest of a buffer with the next bytes. */
    void fill(ByteBuffer buffer) throws IOException;
  }

  /**
   * Reads a tensor.
   *
   * @param label the file and the name of the tensor, for messages
   * @throws ConversionException if no tensor holds such elements, or one of them is beyond int32
   */
  static Tensor read(String label, ElementType type, ByteOrder order, Shape shape, Source source)
      throws IOException {
    DType dtype = type.dtype().orElseThrow(() -> unreadable(label, type.name()));
    boolean asTheyAre = ElementType.of(dtype) == type && order == ByteOrder.LITTLE_ENDIAN;
    Piece piece = asTheyAre ? null : new Piece(label, type, order, source);
    try {
      return Tensor.read(
          dtype,
          shape,
          target -> {
            try {
              if (piece == null) {
                source.fill(target);
              } else {
                piece.convert(target, dtype);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * The shape of a tensor.
   *
   * @param dimensions unsigned numbers
   * @throws ConversionException if it has more elements than a tensor holds
   */
  static Shape shape(String label, long... dimensions) {
    int[] dims = new int[dimensions.length];
    boolean fits = true;
    boolean isEmpty = false;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) dimensions[i];
      fits &= dims[i] == dimensions[i] && dims[i] >= 0;
      isEmpty |= dims[i] == 0;
    }
    long size = isEmpty ? 0 : 1;
    for (int i = 0; fits && i < dims.length; i++) {
      size *= dims[i];
      fits = size <= Integer.MAX_VALUE;
    }
    if (!fits) {
      throw new ConversionException(
          String.format(
              Locale.ROOT,
              "%s: has shape %s, and a tensor at most %,d elements; save it in parts",
              label,
              shapeText(dimensions),
              Integer.MAX_VALUE));
    }
    return Shape.of(dims);
  }

  static String shapeText(long... dimensions) {
    return Arrays.stream(dimensions)
        .mapToObj(Long::toUnsignedString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static ConversionException unreadable(String label, String type) {
    return new ConversionException(
        "%s: has elements of type %s, which tensors do not have; save it as float32 or float64, "
                .formatted(label, type)
            + "complex numbers as their real and imaginary parts");
  }

  /** Elements of one type that become those of another. */
  private static final class Piece {
    private final String label;
    private final ElementType type;
    private final Source source;
    private final ByteBuffer raw;
    private long done;

    Piece(String label, ElementType type, ByteOrder order, Source source) {
      this.label = label;
      this.type = type;
      this.source = source;
      raw = ByteBuffer.allocate(PIECE * type.bits() / Byte.SIZE).order(order);
    }

    void convert(ByteBuffer target, DType dtype) throws IOException {
      int size = type.bits() / Byte.SIZE;
      while (target.hasRemaining()) {
        int count = Math.min(PIECE, target.remaining() / dtype.bytes());
        raw.clear().limit(count * size);
        source.fill(raw);
        raw.flip();
        for (int i = 0; i < count; i++) {
          convertOne(target);
        }
        done += count;
      }
    }

    private void convertOne(ByteBuffer target) {
      switch (type) {
        case BOOL -> target.put(raw.get());
        case U8 -> target.putInt(Byte.toUnsignedInt(raw.get()));
        case I8 -> target.putInt(raw.get());
        case U16 -> target.putInt(Short.toUnsignedInt(raw.getShort()));
        case I16 -> target.putInt(raw.getShort());
        case U32 -> target.putInt(requireInt(Integer.toUnsignedLong(raw.getInt()), false));
        case I64 -> target.putInt(requireInt(raw.getLong(), false));
        case U64 -> target.putInt(requireInt(raw.getLong(), true));
        case F16 -> target.putFloat(Float.float16ToFloat(raw.getShort()));
        case BF16 -> target.putInt(raw.getShort() << Short.SIZE);
        case I32, F32 -> target.putInt(raw.getInt());
        case F64 -> target.putLong(raw.getLong());
        default -> throw new AssertionError(type);
      }
    }

    private int requireInt(long value, boolean unsigned) {
      if (value != (int) value || (unsigned && value < 0)) {
        throw new ConversionException(
            String.format(
                Locale.ROOT,
                "%s: element %d of type %s is %s, beyond int32;"
                    + " save it as float64, or as smaller numbers",
                label,
                done + raw.position() / (type.bits() / Byte.SIZE) - 1,
                type,
                unsigned ? Long.toUnsignedString(value) : Long.toString(value)));
      }
      return (int) value;
    }
  }

  /**
   * Writes a tensor in row-major order, little-endian.
   *
   * @param type the tensor's own type, or float16 or bfloat16 of a floating one, rounded to the
   *     nearest, ties to even
   * @throws ConversionException if a finite number would become infinite
   */
  static void write(String label, Tensor tensor, ElementType type, OutputStream out)
      throws IOException {
    int size = tensor.size();
    if (size == 0) {
      return;
    }
    Tensor flat = tensor.detach().reshape(size);
    byte[] bytes = new byte[Math.min(size, PIECE) * Long.BYTES];
    ByteBuffer piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < size; start += PIECE) {
      piece.clear();
      Tensor slice = flat.slice(0, start, Math.min(start + PIECE, size));
      switch (type) {
        case F32 -> {
          for (float element : slice.toFloatArray()) {
            piece.putFloat(element);
          }
        }
        case F64 -> {
          for (double element : slice.toDoubleArray()) {
            piece.putDouble(element);
          }
        }
        case I32 -> {
          for (int element : slice.toIntArray()) {
            piece.putInt(element);
          }
        }
        case BOOL -> {
          for (boolean element : slice.toBooleanArray()) {
            piece.put((byte) (element ? 1 : 0));
          }
        }
        case F16, BF16 -> {
          for (double element : slice.toDoubleArray()) {
            piece.putShort(half(label, element, type));
          }
        }
        default -> throw new AssertionError(type);
      }
      out.write(bytes, 0, piece.position());
    }
  }

  private static short half(String label, double element, ElementType type) {
    float single = (float) element;
    short half = type == ElementType.F16 ? Float.floatToFloat16(single) : bfloat16(single);
    float back =
        type == ElementType.F16
            ? Float.float16ToFloat(half)
            : Float.intBitsToFloat(half << Short.SIZE);
    if (Float.isInfinite(back) && !Double.isInfinite(element)) {
      throw new ConversionException(
          "%s: %s is beyond the range of type %s; write it as F32".formatted(label, element, type));
    }
    return half;
  }

  private static short bfloat16(float value) {
    int bits = Float.floatToIntBits(value);
    int toNearestEven = 0x7fff + ((bits >>> Short.SIZE) & 1);
    return (short) ((Float.isNaN(value) ? bits : bits + toNearestEven) >>> Short.SIZE);
  }
}
