package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.PinnedArrays;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * Files of named arrays, as {@code numpy.savez} and {@code savez_compressed} write and {@code
 * numpy.load} reads them:
 *
 * <pre>{@code
 * Npz.write(Map.of("x", x, "y", y), path);
 * Tensor inputs = Npz.read(path).tensor("x");
 * }</pre>
 *
 * <p>Each array is one that {@link Npy} reads, in a zip file, whose sums are compared before an
 * array takes memory: what is read is what was written, byte by byte, or is refused. Of a file that
 * was written here every changed byte is found, as its directory has sums of the packed bytes too,
 * which NumPy passes over. Of other files changes that say nothing else of the arrays may not be
 * noticed: the program and the rights that an entry notes, and packed bytes that unpack to the same
 * as before.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** Equal arrays give equal files; a month after 1980 begins, which Java would mark as unknown. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private static final int COPY_BYTES = 1 << 13;

  /** How much is unpacked of what is refused anyway, only to say whether it is damaged. */
  private static final long MAX_UNKNOWN_BYTES = 1 << 24;

  private final Path path;
  private final List<String> names;
  private final FileBytes.Identity identity;

  private Npz(Path path, List<String> names, FileBytes.Identity identity) {
    this.path = path;
    this.names = names;
    this.identity = identity;
  }

  // ---- writing

  /**
   * Writes arrays, in C order and not compressed, in place of a file that may be there.
   *
   * @throws IllegalArgumentException if a name cannot be that of a file in a folder
   */
  public static void write(Map<String, Tensor> tensors, Path path) {
    write(tensors, ZipEntry.STORED, path);
  }

  /**
   * Writes arrays, in C order and compressed.
   *
   * @throws IllegalArgumentException if a name cannot be that of a file in a folder
   */
  public static void writeCompressed(Map<String, Tensor> tensors, Path path) {
    write(tensors, ZipEntry.DEFLATED, path);
  }

  private static void write(Map<String, Tensor> tensors, int method, Path path) {
    PinnedArrays.warnOnce();
    tensors.forEach(
        (name, tensor) -> {
          Objects.requireNonNull(name, "npz: a name");
          Objects.requireNonNull(tensor, () -> "npz: the tensor \"%s\"".formatted(name));
          if (!isName(name)) {
            throw new IllegalArgumentException(
                "npz: \"%s\" cannot be the name of a file in a folder".formatted(name));
          }
        });
    AtomicFile.write(
        path,
        out -> {
          ZipOutputStream zip = SummedZip.over(out);
          for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            zip.putNextEntry(entry(path, named.getKey(), named.getValue(), method));
            Npy.write(path.toString(), named.getValue(), false, zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(Path path, String name, Tensor tensor, int method)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setTimeLocal(NO_TIME);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) { // sum and size stand before the bytes
      CheckedOutputStream sum =
          new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
      Npy.write(path.toString(), tensor, false, sum);
      entry.setCrc(sum.getChecksum().getValue());
      entry.setSize(
          Npy.header(tensor, false).bytes().length + (long) tensor.size() * tensor.dtype().bytes());
    }
    return entry;
  }

  /** Whether a name stays within the folder that the file would be unpacked into. */
  private static boolean isName(String name) {
    return SafetensorsHeader.isText(name)
        && !name.isEmpty()
        && name.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ')
        && Arrays.stream(name.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  // ---- reading

  /**
   * Reads which arrays a file has.
   *
   * @throws FormatException if it breaks a rule of zip files, or has an entry that is no array or
   *     whose name would lead out of a folder
   * @throws DataException if it cannot be read
   */
  public static Npz read(Path path) {
    Objects.requireNonNull(path, "npz: path is null");
    PinnedArrays.warnOnce();
    try (FileChannel file = FileChannel.open(path)) {
      FileBytes.Identity identity = FileBytes.Identity.of(path);
      List<String> names = List.copyOf(arrays(path, new ZipDirectory(file)).keySet());
      return new Npz(path, names, identity);
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  private static SequencedMap<String, ZipDirectory.Entry> arrays(Path path, ZipDirectory zip) {
    SequencedMap<String, ZipDirectory.Entry> arrays = new LinkedHashMap<>();
    zip.entries()
        .forEach(
            (file, entry) -> {
              int end = file.length() - SUFFIX.length();
              if (!file.endsWith(SUFFIX) || !isName(file.substring(0, end))) {
                throw new FormatException(
                    "%s: the entry \"%s\" is no array NAME.npy within a folder"
                        .formatted(path, file));
              }
              arrays.put(file.substring(0, end), entry);
            });
    return arrays;
  }

  private static DataException refusal(Path path, IOException e) {
    return e instanceof ZipException
        ? new FormatException("%s: %s".formatted(path, e.getMessage()), e)
        : FileBytes.cannotBeRead(path, e);
  }

  /** Where it was read from. */
  public Path path() {
    return path;
  }

  /** The names of the arrays, in the order of the file; unnamed ones are called {@code arr_0}. */
  public List<String> names() {
    return names;
  }

  /**
   * Reads one array.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws FormatException if it is damaged
   * @throws ConversionException if no tensor can hold it, or an integer is beyond int32
   * @throws DataException if the file cannot be read any more, or has changed since {@link #read}
   */
  public Tensor tensor(String name) {
    Objects.requireNonNull(name, "npz: name is null");
    return tensors(List.of(name)).firstEntry().getValue();
  }

  /** Reads all arrays, in the order of the file; as {@link #tensor} does. */
  public SequencedMap<String, Tensor> tensors() {
    return tensors(names);
  }

  private SequencedMap<String, Tensor> tensors(List<String> wanted) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    try (FileChannel file = FileBytes.reopen(path, identity)) {
      ZipDirectory zip = new ZipDirectory(file);
      Map<String, ZipDirectory.Entry> arrays = arrays(path, zip);
      for (String name : wanted) {
        ZipDirectory.Entry entry = arrays.get(name);
        if (entry == null) {
          throw new IllegalArgumentException(
              "%s: has no array \"%s\", only %s"
                  .formatted(path, name, names.stream().limit(20).toList()));
        }
        String label = "%s: array \"%s\"".formatted(path, name);
        verify(label, zip, entry);
        tensors.put(name, read(label, zip, entry));
      }
    } catch (IOException e) {
      throw refusal(path, e);
    }
    return tensors;
  }

  /**
   * Reads all bytes once, so that nothing is made of damaged ones, however large they say it is.
   */
  private static void verify(String label, ZipDirectory zip, ZipDirectory.Entry entry)
      throws IOException {
    try (InputStream in = zip.open(entry)) {
      NpyHeader.Read read = NpyHeader.read(label, in);
      Optional<ElementType> type = read.header().type();
      if (type.isPresent()) {
        Npy.requireLength(label, read, type.get(), entry.size());
      }
      byte[] bytes = new byte[COPY_BYTES];
      long left = type.isPresent() ? Long.MAX_VALUE : MAX_UNKNOWN_BYTES;
      int count = 0;
      while (count >= 0 && left > 0) { // the stream compares at its end
        count = in.read(bytes);
        left -= count;
      }
    }
  }

  private static Tensor read(String label, ZipDirectory zip, ZipDirectory.Entry entry)
      throws IOException {
    try (InputStream in = zip.open(entry)) {
      NpyHeader header = NpyHeader.read(label, in).header();
      ReadableByteChannel elements = Channels.newChannel(in);
      return Npy.read(label, header, piece -> fill(elements, piece));
    }
  }

  private static void fill(ReadableByteChannel elements, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining() && elements.read(piece) >= 0) {
      // there may be less at once
    }
  }

  /** Path and names. */
  @Override
  public String toString() {
    return "%s: %s".formatted(path, names);
  }
}
