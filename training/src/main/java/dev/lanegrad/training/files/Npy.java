package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Files of one array, as {@code numpy.save} writes and {@code numpy.load} reads them:
 *
 * <pre>{@code
 * Npy.write(tensor, path);
 * Tensor same = Npy.read(path);
 * }</pre>
 *
 * <p>What is written has the same bytes as NumPy's. Read are versions 1 to 3 of the format, either
 * order of bytes and of elements, bool, integers (as int32, where every one fits), float16 (as
 * float32), float32 and float64.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads an array.
   *
   * @throws FormatException if the file breaks a rule of the format, is cut off, or has bytes after
   *     the array
   * @throws ConversionException if no tensor can hold it (Python objects, records, texts, complex
   *     numbers), or an integer is beyond int32
   * @throws DataException if the file cannot be read
   */
  public static Tensor read(Path path) {
    Objects.requireNonNull(path, "npy: path is null");
    String label = path.toString();
    try (FileChannel file = FileChannel.open(path);
        FileBytes in = new FileBytes(file, 0, file.size())) {
      NpyHeader.Read read = NpyHeader.read(label, in);
      ElementType type = read.header().requireType(label);
      requireLength(label, read, type, file.size());
      return read(label, read.header(), in::fill);
    } catch (IOException e) {
      throw FileBytes.cannotBeRead(path, e);
    }
  }

  /** Checks how many bytes there are, header included. */
  static void requireLength(String label, NpyHeader.Read read, ElementType type, long length) {
    long expected = read.header().dataBytes(label, type);
    long found = length - read.bytes();
    if (found != expected) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s: %d bytes follow the header, and elements of type %s and shape %s take %d%s",
              label,
              found,
              read.header().descr(),
              read.header().shape(),
              expected,
              found < expected ? "" : "; several arrays belong into a file .npz"));
    }
  }

  /** Reads the elements that follow a header. */
  static Tensor read(String label, NpyHeader header, Elements.Source source) throws IOException {
    ElementType type = header.requireType(label);
    NpyHeader stored = header.fortranOrder() ? header.reversed() : header;
    Tensor tensor = Elements.read(label, type, header.order(), stored.tensorShape(label), source);
    return header.fortranOrder() ? reversed(tensor) : tensor;
  }

  private static Tensor reversed(Tensor tensor) {
    int[] axes = IntStream.range(0, tensor.rank()).map(i -> tensor.rank() - 1 - i).toArray();
    return axes.length < 2 ? tensor : tensor.permute(axes);
  }

  /** Writes an array in C order, the last index fastest; in place of a file that may be there. */
  public static void write(Tensor tensor, Path path) {
    Objects.requireNonNull(tensor, "npy: tensor is null");
    AtomicFile.write(path, out -> write(path.toString(), tensor, false, out));
  }

  /**
   * Writes an array in Fortran order, the first index fastest, as NumPy writes {@code
   * asfortranarray(tensor)}: an array for which both orders are one is written in C order.
   */
  public static void writeFortran(Tensor tensor, Path path) {
    Objects.requireNonNull(tensor, "npy: tensor is null");
    boolean differs =
        tensor.size() > 0 && Arrays.stream(tensor.shape().toArray()).filter(d -> d > 1).count() > 1;
    AtomicFile.write(path, out -> write(path.toString(), tensor, differs, out));
  }

  static void write(String label, Tensor tensor, boolean fortranOrder, OutputStream out)
      throws IOException {
    ElementType type = ElementType.of(tensor.dtype());
    out.write(header(tensor, fortranOrder).bytes());
    Elements.write(label, fortranOrder ? reversed(tensor.detach()) : tensor, type, out);
  }

  static NpyHeader header(Tensor tensor, boolean fortranOrder) {
    List<Long> shape = Arrays.stream(tensor.shape().toArray()).asLongStream().boxed().toList();
    return new NpyHeader(descr(tensor.dtype()), fortranOrder, shape);
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "<f4";
      case FLOAT64 -> "<f8";
      case INT32 -> "<i4";
      case BOOL -> "|b1";
    };
  }
}
