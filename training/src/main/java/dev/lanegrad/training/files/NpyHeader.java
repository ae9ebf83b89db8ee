package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a NumPy file says about its array.
 *
 * <p>Source: <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">
 * numpy.lib.format</a>, and {@code numpy/lib/_format_impl.py}.
 *
 * @param descr the type of the elements as NumPy spells it, such as {@code <f4}
 * @param fortranOrder whether the first index varies fastest
 * @param shape the lengths of the dimensions
 */
public record NpyHeader(String descr, boolean fortranOrder, List<Long> shape) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit, since Python's parser is none for strangers' texts. */
  static final int MAX_CHARACTERS = 10_000;

  private static final int MAX_BYTES_OF_A_CHARACTER = 4;
  private static final int ALIGNMENT = 64;

  /** Room for the first dimension to grow to without moving the data. */
  private static final int GROWTH_DIGITS = 21;

  private static final Pattern DESCR =
      Pattern.compile("([<>=|]?)([?bBhHiIlLqQefdgFDGSaUVOmMcpPnNuT])([0-9]*)(\\[.*])?");

  /** Takes a copy of the shape. */
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /** The type of the elements; empty for those that no tensor has. */
  public Optional<ElementType> type() {
    Matcher matcher = DESCR.matcher(descr);
    return matcher.matches() && matcher.group(4) == null
        ? Optional.ofNullable(type(matcher.group(2) + matcher.group(3)))
        : Optional.empty();
  }

  private static @Nullable ElementType type(String code) {
    return switch (code) {
      case "b1" -> ElementType.BOOL;
      case "i1" -> ElementType.I8;
      case "i2" -> ElementType.I16;
      case "i4" -> ElementType.I32;
      case "i8" -> ElementType.I64;
      case "u1" -> ElementType.U8;
      case "u2" -> ElementType.U16;
      case "u4" -> ElementType.U32;
      case "u8" -> ElementType.U64;
      case "f2" -> ElementType.F16;
      case "f4" -> ElementType.F32;
      case "f8" -> ElementType.F64;
      default -> null;
    };
  }

  static boolean isDescr(String text) {
    return DESCR.matcher(text).matches();
  }

  ByteOrder order() {
    return switch (descr.charAt(0)) {
      case '<' -> ByteOrder.LITTLE_ENDIAN;
      case '>' -> ByteOrder.BIG_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  /** The type of the elements. */
  ElementType requireType(String label) {
    return type()
        .orElseThrow(
            () ->
                descr.endsWith("O")
                    ? new ConversionException(
                        ("%s: holds Python objects (%s), which are read by running"
                                + " what the file says; save numbers")
                            .formatted(label, descr))
                    : Elements.unreadable(label, descr));
  }

  /** How many bytes the elements take. */
  long dataBytes(String label, ElementType type) {
    long bytes = type.bits() / Byte.SIZE;
    boolean isEmpty = false;
    try {
      for (long dim : shape) {
        isEmpty |= dim == 0;
        bytes = Math.multiplyExact(bytes, Math.max(dim, 1));
      }
    } catch (ArithmeticException e) {
      throw new FormatException("%s: shape %s is larger than any file".formatted(label, shape), e);
    }
    return isEmpty ? 0 : bytes;
  }

  /** The array whose C order is this one's Fortran order. */
  NpyHeader reversed() {
    return new NpyHeader(descr, !fortranOrder, shape.reversed());
  }

  Shape tensorShape(String label) {
    return Elements.shape(label, shape.stream().mapToLong(Long::longValue).toArray());
  }

  // ---- bytes

  /** A header and how many bytes it took. */
  record Read(NpyHeader header, int bytes) {}

  /**
   * Reads a header.
   *
   * @throws FormatException if it breaks a rule
   */
  static Read read(String label, InputStream in) throws IOException {
    byte[] start = exactly(label, in, MAGIC.length + 2);
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw new FormatException(label + ": is no NumPy array: does not begin with \\x93NUMPY");
      }
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
      throw new FormatException(
          "%s: has version %d.%d of the format; 1.0, 2.0 and 3.0 are known"
              .formatted(label, Byte.toUnsignedInt(start[6]), Byte.toUnsignedInt(start[7])));
    }
    int sizeBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    ByteBuffer size = ByteBuffer.wrap(exactly(label, in, sizeBytes)).order(ByteOrder.LITTLE_ENDIAN);
    long length =
        version == 1 ? Short.toUnsignedInt(size.getShort()) : Integer.toUnsignedLong(size.getInt());
    if (length > MAX_CHARACTERS * MAX_BYTES_OF_A_CHARACTER) {
      throw tooLong(label, length);
    }
    String text = decoded(label, version, exactly(label, in, (int) length));
    if (text.length() > MAX_CHARACTERS) {
      throw tooLong(label, text.length());
    }
    return new Read(
        new NpyHeaderText(label, text).header(), start.length + sizeBytes + (int) length);
  }

  private static FormatException tooLong(String label, long length) {
    return new FormatException(
        "%s: a header of %,d characters; NumPy reads %,d at most"
            .formatted(label, length, MAX_CHARACTERS));
  }

  private static String decoded(String label, int version, byte[] bytes) {
    Charset charset = version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(label + ": the header is not UTF-8", e);
    }
  }

  private static byte[] exactly(String label, InputStream in, int length) throws IOException {
    try {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length == length) {
        return bytes;
      }
    } catch (EOFException e) {
      // said below
    }
    throw new FormatException(label + ": is cut off within its header");
  }

  /** The header as NumPy writes it, byte for byte. */
  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    String dims = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    text.append("{'descr': '").append(descr);
    text.append("', 'fortran_order': ").append(fortranOrder ? "True" : "False");
    text.append(", 'shape': (").append(dims).append(shape.size() == 1 ? ",), }" : "), }");
    if (!shape.isEmpty()) {
      long growing = fortranOrder ? shape.getLast() : shape.getFirst();
      text.repeat(' ', GROWTH_DIGITS - Long.toString(growing).length());
    }
    int fixed = MAGIC.length + 2 + Short.BYTES;
    text.repeat(' ', ALIGNMENT - (fixed + text.length() + 1) % ALIGNMENT).append('\n');
    byte[] bytes = new byte[fixed + text.length()];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    return bytes;
  }
}
