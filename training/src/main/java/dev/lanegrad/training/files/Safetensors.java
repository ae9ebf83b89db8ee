package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A file of named tensors, in the format that most models are handed on in:
 *
 * <pre>{@code
 * Safetensors.write(model.stateDict(), path);
 * model.loadStateDict(Safetensors.read(path).tensors());
 * }</pre>
 *
 * <p>{@link #read} looks at the header only; {@link #tensor} then reads one tensor. Integers of
 * other sizes become int32 where every one fits, float16 and bfloat16 become float32. Types that
 * tensors do not have, such as complex numbers, are refused when such a tensor is read. No more
 * memory is needed than that of the tensors.
 *
 * <p>The file: 8 bytes, little-endian, with the length of the header; the header, JSON padded with
 * spaces to a multiple of 8; the elements of all tensors, without a gap.
 *
 * <p>Source: <a href="https://github.com/huggingface/safetensors">huggingface/safetensors</a>.
 */
public final class Safetensors {
  private static final int ALIGNMENT = 8;

  private final Path path;
  private final SafetensorsHeader header;
  private final long dataStart;
  private final FileBytes.Identity identity;

  private Safetensors(
      Path path, SafetensorsHeader header, long dataStart, FileBytes.Identity identity) {
    this.path = path;
    this.header = header;
    this.dataStart = dataStart;
    this.identity = identity;
  }

  // ---- writing

  /**
   * Writes tensors, in place of a file that may be there; see {@link AtomicFile}.
   *
   * @throws IllegalArgumentException if a name is {@code __metadata__} or no Unicode text, or the
   *     header would be longer than 100,000,000 bytes
   * @throws DataException if the file cannot be written
   */
  public static void write(Map<String, Tensor> tensors, Path path) {
    write(tensors, Map.of(), path);
  }

  /** As {@link #write(Map, Path)}, with texts about the file. */
  public static void write(Map<String, Tensor> tensors, Map<String, String> metadata, Path path) {
    write(tensors, metadata, ElementType.F32, path);
  }

  /**
   * As {@link #write(Map, Map, Path)}, with float32 numbers rounded to fewer digits.
   *
   * @param float32 what becomes of float32 tensors: {@code F16}, {@code BF16}, or {@code F32} as
   *     they are
   * @throws IllegalArgumentException if it is another type
   * @throws ConversionException if a finite number would become infinite
   */
  public static void write(
      Map<String, Tensor> tensors, Map<String, String> metadata, ElementType float32, Path path) {
    Objects.requireNonNull(path, "safetensors: path is null");
    Objects.requireNonNull(tensors, "safetensors: tensors is null");
    Objects.requireNonNull(metadata, "safetensors: metadata is null");
    Objects.requireNonNull(float32, "safetensors: float32 is null");
    if (float32 != ElementType.F32 && float32 != ElementType.F16 && float32 != ElementType.BF16) {
      throw new IllegalArgumentException(
          "safetensors: float32 is written as F32, F16 or BF16, not as " + float32);
    }
    List<TensorEntry> entries = layout(tensors, float32);
    metadata.forEach(Safetensors::requireText);
    byte[] json =
        new SafetensorsHeader(metadata, entries, List.of()).json().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    if (padded.length > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "safetensors: the names and metadata take %,d bytes, and a header may have %,d",
              padded.length,
              SafetensorsHeader.MAX_BYTES));
    }
    AtomicFile.write(
        path,
        out -> {
          byte[] size = new byte[Long.BYTES];
          ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length);
          out.write(size);
          out.write(padded);
          for (TensorEntry entry : entries) {
            Tensor tensor = Objects.requireNonNull(tensors.get(entry.name()));
            Elements.write(label(path, entry.name()), tensor, entry.type(), out);
          }
        });
  }

  /** Wide types first, so that every tensor is aligned, then by name; as the reference does. */
  private static List<TensorEntry> layout(Map<String, Tensor> tensors, ElementType float32) {
    record Named(String name, byte[] utf8, Tensor tensor, ElementType type) {}

    List<Named> sorted = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> {
          requireText(name, name);
          if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException(
                "safetensors: no tensor can be called %s: the format's own name for texts"
                    .formatted(name));
          }
          Objects.requireNonNull(tensor, () -> "safetensors: the tensor \"%s\"".formatted(name));
          ElementType type = ElementType.of(tensor.dtype());
          sorted.add(
              new Named(
                  name,
                  name.getBytes(StandardCharsets.UTF_8),
                  tensor,
                  type == ElementType.F32 ? float32 : type));
        });
    sorted.sort(
        Comparator.comparing(Named::type, Comparator.reverseOrder())
            .thenComparing(Named::utf8, Arrays::compareUnsigned));
    List<TensorEntry> entries = new ArrayList<>();
    long end = 0;
    for (Named named : sorted) {
      long begin = end;
      end += (long) named.tensor().size() * named.type().bits() / Byte.SIZE;
      long[] shape = Arrays.stream(named.tensor().shape().toArray()).asLongStream().toArray();
      entries.add(new TensorEntry(named.name(), named.type(), shape, begin, end));
    }
    return entries;
  }

  private static void requireText(String name, String text) {
    Objects.requireNonNull(name, "safetensors: a name");
    Objects.requireNonNull(text, () -> "safetensors: the text of \"%s\"".formatted(name));
    if (!SafetensorsHeader.isText(name) || !SafetensorsHeader.isText(text)) {
      throw new IllegalArgumentException(
          "safetensors: half a character in \"%s\", which UTF-8 does not have".formatted(name));
    }
  }

  // ---- reading

  /**
   * Reads the header of a file and checks it.
   *
   * @throws FormatException if it breaks a rule of the format
   * @throws DataException if it cannot be read
   */
  public static Safetensors read(Path path) {
    Objects.requireNonNull(path, "safetensors: path is null");
    try (FileChannel file = FileChannel.open(path)) {
      FileBytes.Identity identity = FileBytes.Identity.of(path);
      long length = file.size();
      if (length < Long.BYTES) {
        throw new FormatException(
            String.format(
                Locale.ROOT, "%s: has %d bytes, and a safetensors file at least 8", path, length));
      }
      ByteBuffer size = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      FileBytes.fill(file, 0, size);
      long headerBytes = size.getLong(0);
      if (headerBytes < 0 || headerBytes > SafetensorsHeader.MAX_BYTES) {
        throw new FormatException(
            "%s: a header of %s bytes, and at most 100,000,000 are allowed; no safetensors file?"
                .formatted(path, Long.toUnsignedString(headerBytes)));
      }
      long dataStart = Long.BYTES + headerBytes;
      if (dataStart > length) {
        throw new FormatException(
            String.format(
                Locale.ROOT,
                "%s: is cut off: has %d bytes, and its header alone ends at %d",
                path,
                length,
                dataStart));
      }
      try (InputStream in = new FileBytes(file, Long.BYTES, dataStart)) {
        SafetensorsHeader header = SafetensorsHeader.read(path, in, length - dataStart);
        return new Safetensors(path, header, dataStart, identity);
      }
    } catch (IOException e) {
      throw FileBytes.cannotBeRead(path, e);
    }
  }

  private static String label(Path path, String name) {
    return "%s: tensor \"%s\"".formatted(path, name);
  }

  /** Where it was read from. */
  public Path path() {
    return path;
  }

  /** Texts that whoever wrote the file put in. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** What the file says about its tensors, in the order of their bytes. */
  public List<TensorEntry> entries() {
    return header.entries();
  }

  /**
   * Reads one tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws ConversionException if no tensor can hold it, or an integer is beyond int32
   * @throws DataException if the file cannot be read any more, or has changed since {@link #read}
   */
  public Tensor tensor(String name) {
    Objects.requireNonNull(name, "safetensors: name is null");
    TensorEntry entry = header.entry(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "%s: has no tensor \"%s\", only %s".formatted(path, name, someNames()));
    }
    try (FileChannel file = FileBytes.reopen(path, identity)) {
      return tensor(file, entry);
    } catch (IOException e) {
      throw FileBytes.cannotBeRead(path, e);
    }
  }

  private List<String> someNames() {
    return header.byName().stream().limit(20).map(TensorEntry::name).toList();
  }

  /** Reads all tensors, in the order of their bytes; as {@link #tensor} does. */
  public SequencedMap<String, Tensor> tensors() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    try (FileChannel file = FileBytes.reopen(path, identity)) {
      for (TensorEntry entry : header.entries()) {
        tensors.put(entry.name(), tensor(file, entry));
      }
    } catch (IOException e) {
      throw FileBytes.cannotBeRead(path, e);
    }
    return tensors;
  }

  private Tensor tensor(FileChannel file, TensorEntry entry) throws IOException {
    String label = label(path, entry.name());
    FileBytes bytes = new FileBytes(file, dataStart + entry.begin(), dataStart + entry.end());
    return Elements.read(
        label, entry.type(), ByteOrder.LITTLE_ENDIAN, entry.shape(label), bytes::fill);
  }

  /** Path and tensors. */
  @Override
  public String toString() {
    return "%s: %s".formatted(path, header.entries());
  }
}
