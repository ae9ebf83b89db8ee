package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files of NumPy's formats: refused, or read as what they then say. */
class DamagedArraysTest {
  private static final String QUOTED = "(?:'%1$s'|\"%1$s\")";

  /** What Python reads as the dictionary, as far as the changes of this test reach. */
  private static final Pattern HEADER =
      Pattern.compile(
          ("S{SdescrS:S('[^'\\\\]*'|\"[^\"\\\\]*\")S,Sfortran_orderS:S(True|False)S,SshapeS:S"
                  + "\\((S|S[0-9]+L?S,S|S[0-9]+L?S(?:,S[0-9]+L?S)+(?:,S)?)\\)S(?:,S)?}S")
              .replace("descrS:", String.format(Locale.ROOT, QUOTED, "descr") + "S:")
              .replace(
                  "fortran_orderS:", String.format(Locale.ROOT, QUOTED, "fortran_order") + "S:")
              .replace("shapeS:", String.format(Locale.ROOT, QUOTED, "shape") + "S:")
              .replace("{", "\\{")
              .replace("}", "\\}")
              .replace("S", "[ \t\r\n\f]*"));

  private static final Pattern READABLE = Pattern.compile("[<>=|]?(b1|[iu][1248]|f[248])");

  private static final List<String> HOSTILE =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "4",
          "12",
          "-1",
          "(",
          ")",
          ",",
          "()",
          "(3,)",
          "(12,)",
          "True",
          "False",
          "None",
          "1.5",
          "3L",
          "99999999999",
          "9223372036854775807",
          "99999999999999999999",
          "'<f8'",
          "'>f4'",
          "'|b1'",
          "'<i4'",
          "'|u1'",
          "'|O'",
          "'<c8'",
          "'<U3'",
          "[('a', '<f4')]",
          "'descr'",
          "'shape': (3, 4), ",
          " ",
          "\n",
          "\0",
          "{",
          "}",
          "[",
          "'",
          "\"",
          "#",
          "\\",
          "x",
          "9".repeat(11000));

  private static final Pattern TOKEN = Pattern.compile("'[^']*'|[A-Za-z]+|[0-9]+|[(){}:,]");

  @TempDir Path folder;

  private record Stored(String descr, boolean fortranOrder, long[] shape, byte[] data) {
    boolean isReadable() {
      return READABLE.matcher(descr).matches();
    }
  }

  /** The rules in the plainest way; null where one is broken. */
  private static Stored plainly(byte[] file) {
    if (file.length < 12
        || !new String(file, 0, 6, StandardCharsets.ISO_8859_1).equals("\u0093NUMPY")) {
      return null;
    }
    boolean short1 = file[6] == 1;
    if (file[6] < 1 || file[6] > 3 || file[7] != 0) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long length = short1 ? bytes.getShort(8) & 0xffff : bytes.getInt(8) & 0xffffffffL;
    int start = short1 ? 10 : 12;
    if (start + length > file.length || length > 10_000) {
      return null;
    }
    Matcher header =
        HEADER.matcher(new String(file, start, (int) length, StandardCharsets.ISO_8859_1));
    if (!header.matches() || header.group(3).matches(".*\\b0+[1-9].*")) {
      return null;
    }
    String descr = header.group(1).substring(1, header.group(1).length() - 1);
    String dims = header.group(3).replaceAll("[^0-9,]", "");
    try {
      long[] shape =
          dims.isEmpty()
              ? new long[0]
              : Arrays.stream(dims.split(",")).mapToLong(Long::parseLong).toArray();
      byte[] data = Arrays.copyOfRange(file, start + (int) length, file.length);
      Stored stored = new Stored(descr, header.group(2).equals("True"), shape, data);
      if (stored.isReadable()) {
        long size = Long.parseLong(descr.substring(descr.length() - 1));
        for (long dim : shape) {
          size = Math.multiplyExact(size, Math.max(dim, 1));
        }
        if ((LongStream.of(shape).anyMatch(dim -> dim == 0) ? 0 : size) != data.length) {
          return null;
        }
      }
      return stored;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static byte[] otherHeader(byte[] whole, SplittableRandom random) {
    int length = whole[8];
    String header = new String(whole, 10, length, StandardCharsets.ISO_8859_1);
    List<int[]> tokens =
        TOKEN.matcher(header).results().map(m -> new int[] {m.start(), m.end()}).toList();
    int[] token = tokens.get(random.nextInt(tokens.size()));
    String put = HOSTILE.get(random.nextInt(HOSTILE.size()));
    int keep = random.nextInt(4) == 0 ? token[0] : token[1];
    byte[] changed =
        (header.substring(0, token[0]) + put + header.substring(keep))
            .getBytes(StandardCharsets.ISO_8859_1);
    int version = 1 + random.nextInt(3);
    ByteBuffer file = ByteBuffer.allocate(whole.length - length + changed.length + 2);
    file.order(ByteOrder.LITTLE_ENDIAN).put(whole, 0, 6).put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) changed.length);
    } else {
      file.putInt(changed.length);
    }
    file.put(changed).put(whole, 10 + length, whole.length - 10 - length);
    return Arrays.copyOf(file.array(), file.position());
  }

  @ParameterizedTest
  @ValueSource(ints = 300)
  @Timeout(60)
  void variantsOfAnArrayAreRefusedOrReadAsWhatTheySay(int count) throws IOException {
    Path path = folder.resolve("x.npy");
    Npy.write(Tensor.arange(DType.FLOAT32, -2, 10, 1).reshape(3, 4), path);
    byte[] whole = Files.readAllBytes(path);
    Damage damage = new Damage(2);
    int sound = 0;
    for (int i = 0; i < count; i++) {
      byte[] file = i % 2 == 0 ? damage.damaged(whole) : otherHeader(whole, damage.random());
      Stored expected = plainly(file);
      Files.write(path, file);
      String variant = "variant " + i + ": " + new String(file, StandardCharsets.ISO_8859_1);
      if (expected == null) {
        assertThrows(
            FormatException.class,
            () -> Damage.frugally(file.length, () -> Npy.read(path)),
            variant);
      } else if (!expected.isReadable()) {
        RuntimeException refusal =
            assertThrows(RuntimeException.class, () -> Npy.read(path), variant);
        assertTrue(
            refusal instanceof ConversionException || refusal instanceof FormatException, variant);
      } else {
        sound++;
        assertSame(expected, Damage.frugally(file.length, () -> Npy.read(path)), variant);
      }
    }
    assertTrue(sound > count / 20 && sound < count / 2, "both kinds occur: " + sound);
  }

  @Test
  @Tag("thorough")
  @Timeout(600)
  void twoThousandVariantsOfAnArrayAreRefusedOrReadAsWhatTheySay() throws IOException {
    variantsOfAnArrayAreRefusedOrReadAsWhatTheySay(2000);
  }

  private static void assertSame(Stored stored, Tensor tensor, String variant) {
    assertArrayEquals(
        stored.shape(), Arrays.stream(tensor.shape().toArray()).asLongStream().toArray(), variant);
    double[] elements = tensor.toDoubleArray();
    int[] index = new int[stored.shape().length];
    for (double element : elements) {
      int position = 0;
      for (int i = 0; i < index.length; i++) {
        int axis = stored.fortranOrder() ? index.length - 1 - i : i;
        position = position * (int) stored.shape()[axis] + index[axis];
      }
      assertEquals(element(stored, position), element, variant);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        if (++index[axis] < stored.shape()[axis]) {
          break;
        }
        index[axis] = 0;
      }
    }
  }

  private static double element(Stored stored, int position) {
    String type = stored.descr().substring(stored.descr().length() - 2);
    int size = type.charAt(1) - '0';
    ByteBuffer bytes = ByteBuffer.wrap(stored.data(), position * size, size).slice();
    bytes.order(stored.descr().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case "f4" -> bytes.getFloat();
      case "f8" -> bytes.getDouble();
      case "i4" -> bytes.getInt();
      case "u1" -> bytes.get() & 0xff;
      case "i1" -> bytes.get();
      case "b1" -> bytes.get() == 0 ? 0 : 1;
      case "f2" -> Float.float16ToFloat(bytes.getShort());
      default -> throw new AssertionError(type);
    };
  }

  // ---- archives

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.arange(DType.FLOAT32, 0, 6, 1).reshape(2, 3));
    tensors.put(
        "b", Tensor.arange(DType.FLOAT64, 0, 0.4, 0.01)); // repeats can be packed in two ways
    return tensors;
  }

  /** What a change of a byte of an archive of NumPy may lead to; of ours every one is found. */
  private enum Change {
    /** Who made an entry, and its rights: the arrays are the same. */
    SAYS_NOTHING,
    /** Packed bytes: refused, unless they unpack to the same as before. */
    PACKED,
    /** All others: refused. */
    FOUND
  }

  private static Change[] changes(String how, byte[] zip) {
    Change[] changes = new Change[zip.length];
    Arrays.fill(changes, Change.FOUND);
    if (how.startsWith("write")) {
      return changes;
    }
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < zip.length - 45; i++) {
      if (bytes.getInt(i) == 0x02014b50) {
        Arrays.fill(changes, i + 4, i + 6, Change.SAYS_NOTHING);
        Arrays.fill(changes, i + 36, i + 42, Change.SAYS_NOTHING);
        if (bytes.getShort(i + 10) == 8) {
          int local = bytes.getInt(i + 42);
          int start = local + 30 + bytes.getShort(local + 26) + bytes.getShort(local + 28);
          Arrays.fill(changes, start, start + bytes.getInt(i + 20), Change.PACKED);
        }
      }
    }
    return changes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "writeCompressed", "savez.npz", "savez_compressed.npz"})
  @Timeout(60)
  void damagedBytesOfAnArchiveAreFound(String how) throws IOException {
    findDamage(how, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "writeCompressed", "savez.npz", "savez_compressed.npz"})
  @Tag("thorough")
  @Timeout(600)
  void everyDamagedByteOfAnArchiveIsFound(String how) throws IOException {
    findDamage(how, 1);
  }

  private void findDamage(String how, int step) throws IOException {
    Path path = folder.resolve("x.npz");
    byte[] whole = archive(how, path);
    Map<String, Tensor> expected = readable(Npz.read(path));
    Change[] changes = changes(how, whole);
    for (int i = 0; i < whole.length; i += step) {
      byte[] file = whole.clone();
      file[i] ^= (byte) (1 << i % 8);
      Files.write(path, file);
      String variant = how + ", byte " + i;
      switch (changes[i]) {
        case SAYS_NOTHING -> assertSame(expected, readable(Npz.read(path)), variant);
        case PACKED -> {
          try {
            assertSame(expected, readable(Npz.read(path)), variant);
          } catch (FormatException e) {
            assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
          }
        }
        case FOUND -> assertThrows(FormatException.class, () -> readable(Npz.read(path)), variant);
      }
    }
  }

  /** Many packed bytes unpack to the same; the sum of the packed ones tells them apart. */
  @Test
  void noOtherPackedBytesAreTakenForOurs() throws IOException {
    Path path = folder.resolve("x.npz");
    Npz.writeCompressed(Map.of("x", Tensor.zeros(DType.FLOAT32, 30)), path);
    byte[] whole = Files.readAllBytes(path);
    byte[] unpacked = unpacked(whole);
    int same = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] file = whole.clone();
      file[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(path, file);
      assertThrows(FormatException.class, () -> Npz.read(path).tensors(), "bit " + bit);
      same += Arrays.equals(unpacked, unpacked(file)) ? 1 : 0;
    }
    assertTrue(same > 0, "there are such");
  }

  /** The first entry as Java reads it, empty where it finds it damaged. */
  private static byte[] unpacked(byte[] zip) {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      return in.getNextEntry() == null ? new byte[0] : in.readAllBytes();
    } catch (IOException | IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] archive(String how, Path path) throws IOException {
    switch (how) {
      case "write" -> Npz.write(tensors(), path);
      case "writeCompressed" -> Npz.writeCompressed(tensors(), path);
      default -> Files.write(path, NpzTest.numpys(how));
    }
    return Files.readAllBytes(path);
  }

  /** All but the integers that do not fit. */
  private static Map<String, Tensor> readable(Npz file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : file.names()) {
      try {
        tensors.put(name, file.tensor(name));
      } catch (ConversionException e) {
        assertTrue(e.getMessage().contains("beyond int32"), e.getMessage());
      }
    }
    return tensors;
  }

  private static void assertSame(
      Map<String, Tensor> expected, Map<String, Tensor> tensors, String variant) {
    assertEquals(expected.keySet(), tensors.keySet(), variant);
    expected.forEach(
        (name, tensor) ->
            assertArrayEquals(tensor.toDoubleArray(), tensors.get(name).toDoubleArray(), variant));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(60)
  void variantsOfAnArchiveAreRefusedOrReadAsTheWholeOne(boolean compressed) throws IOException {
    readVariants(compressed, 150);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("thorough")
  @Timeout(600)
  void twoThousandVariantsOfAnArchiveAreRefusedOrReadAsTheWholeOne(boolean compressed)
      throws IOException {
    readVariants(compressed, 2000);
  }

  private void readVariants(boolean compressed, int count) throws IOException {
    Path path = folder.resolve("x.npz");
    byte[] whole = archive(compressed ? "writeCompressed" : "write", path);
    Damage damage = new Damage(compressed ? 3 : 4);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      byte[] file = damage.damaged(whole);
      Files.write(path, file);
      String variant = "variant " + i;
      try {
        Map<String, Tensor> read = Damage.frugally(file.length, () -> Npz.read(path).tensors());
        assertSame(tensors(), read, variant);
        assertArrayEquals(whole, file, variant);
      } catch (FormatException e) {
        refused++;
      }
    }
    assertTrue(refused > count / 2, "most are refused: " + refused);
  }
}
