package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.training.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file(String header, byte... data) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private Path file(byte[] header, byte... data) throws IOException {
    ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(size.putLong(header.length).array());
    bytes.writeBytes(header);
    bytes.writeBytes(data);
    return Files.write(folder.resolve("model.safetensors"), bytes.toByteArray());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static Map<String, Tensor> oneOfEach() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("mask", Tensor.ofBooleans(Shape.of(3), true, false, true));
    tensors.put("single", Tensor.of(new float[][] {{1, -0.0f, Float.NaN}, {3, 4, 5}}));
    tensors.put("scalar", Tensor.scalar(DType.FLOAT64, 1e300));
    tensors.put("nothing", Tensor.zeros(DType.FLOAT32, 0, 3));
    tensors.put("id", Tensor.ofInts(Integer.MIN_VALUE, Integer.MAX_VALUE));
    return tensors;
  }

  @Test
  void theReferencesOwnExamplesAreWrittenByteForByte() throws IOException {
    Path path = folder.resolve("x.safetensors");
    Safetensors.write(Map.of(), path);
    assertArrayEquals(bytes("0800000000000000 7b7d202020202020"), Files.readAllBytes(path));

    Safetensors.write(Map.of("attn.0", Tensor.of(1f, 2f, 3f)), path);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(bytes("4000000000000000"));
    expected.writeBytes(
        "{\"attn.0\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}     "
            .substring(0, 64)
            .getBytes(StandardCharsets.UTF_8));
    expected.writeBytes(bytes("0000803f 00000040 00004040"));
    assertArrayEquals(expected.toByteArray(), Files.readAllBytes(path));
  }

  @Test
  void wideTypesComeFirstThenNamesInOrderAndMetadataBeforeAll() throws IOException {
    Path path = folder.resolve("x.safetensors");
    Safetensors.write(oneOfEach(), Map.of("z", "\"ä\"", "format", "lanegrad"), path);
    String header =
        "{\"__metadata__\":{\"format\":\"lanegrad\",\"z\":\"\\\"ä\\\"\"},"
            + "\"scalar\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"nothing\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[8,8]},"
            + "\"single\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]},"
            + "\"id\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[32,40]},"
            + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[40,43]}}";
    byte[] file = Files.readAllBytes(path);
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, length % 8);
    assertEquals(header, new String(file, 8, length, StandardCharsets.UTF_8).stripTrailing());
    assertEquals(8 + length + 43, file.length);
  }

  @Test
  void everyTypeComesBack() {
    Path path = folder.resolve("x.safetensors");
    Safetensors.write(oneOfEach(), Map.of("a", "b"), path);
    Safetensors file = Safetensors.read(path);
    assertEquals(Map.of("a", "b"), file.metadata());
    assertEquals(
        "[scalar: F64 [], nothing: F32 [0, 3], single: F32 [2, 3], id: I32 [2], mask: BOOL [3]]",
        file.entries().toString());
    Map<String, Tensor> tensors = file.tensors();
    assertEquals(oneOfEach().keySet(), tensors.keySet());
    oneOfEach()
        .forEach(
            (name, tensor) -> {
              assertEquals(tensor.dtype(), tensors.get(name).dtype());
              assertEquals(tensor.shape(), tensors.get(name).shape());
              assertArrayEquals(tensor.toDoubleArray(), tensors.get(name).toDoubleArray());
              assertArrayEquals(tensor.toDoubleArray(), file.tensor(name).toDoubleArray());
            });
  }

  @Test
  void aModelIsSavedAndLoadedInALineEach() {
    Path path = folder.resolve("model.safetensors");
    Sequential model =
        new Sequential(new Linear(3, 4, new SplittableRandom(1)), new BatchNorm1d(4));
    Safetensors.write(model.stateDict(), path);

    Sequential other =
        new Sequential(new Linear(3, 4, new SplittableRandom(2)), new BatchNorm1d(4));
    other.loadStateDict(Safetensors.read(path).tensors());
    assertTrue(Safetensors.read(path).tensors().containsKey("0.weight"));
    model
        .stateDict()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(
                    tensor.toDoubleArray(), other.stateDict().get(name).toDoubleArray()));
  }

  @Test
  void viewsAndLargeTensorsAreWrittenInOrder() {
    Path path = folder.resolve("x.safetensors");
    Tensor large = Tensor.arange(DType.FLOAT64, 0, 30_000, 1).reshape(100, 300);
    Safetensors.write(Map.of("t", large.transpose(0, 1), "s", large.requiresGrad()), path);
    Map<String, Tensor> back = Safetensors.read(path).tensors();
    assertArrayEquals(large.transpose(0, 1).toDoubleArray(), back.get("t").toDoubleArray());
    assertArrayEquals(large.toDoubleArray(), back.get("s").toDoubleArray());
    assertFalse(back.get("s").isTracked());
  }

  /** A file of one tensor x of a type. */
  private Path fileOf(ElementType type, String hex) throws IOException {
    byte[] data = bytes(hex);
    int count = data.length * 8 / type.bits();
    return file(
        String.format(
            Locale.ROOT,
            "{\"x\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}",
            type,
            count,
            data.length),
        data);
  }

  @ParameterizedTest
  @CsvSource({
    "I8, 7f80ff, '127 -128 -1'",
    "U8, 7f80ff, '127 128 255'",
    "I16, ff7f0080, '32767 -32768'",
    "U16, ff7f0080, '32767 32768'",
    "U32, ffffff7f00000000, '2147483647 0'",
    "I64, ffffff7f0000000000000080ffffffff, '2147483647 -2147483648'",
    "U64, ffffff7f00000000, '2147483647'",
    "F16, 003c00c0007c0100, '1.0 -2.0 Infinity 5.9604644775390625E-8'",
    "BF16, 803f00c0807f, '1.0 -2.0 Infinity'",
    "BOOL, 000102, '0 1 1'",
  })
  void otherTypesAreConverted(ElementType type, String hex, String expected) throws IOException {
    Path path = fileOf(type, hex);
    Tensor tensor = Safetensors.read(path).tensor("x");
    assertEquals(type.dtype().orElseThrow(), tensor.dtype());
    double[] values =
        List.of(expected.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(values, tensor.toDoubleArray());
  }

  @ParameterizedTest
  @CsvSource({
    "U32, ffffff7f00000080, 2147483648, 1",
    "I64, 00000080ffffffff ffffff7fffffffff, -2147483649, 1",
    "U64, ffffffffffffffff, 18446744073709551615, 0",
  })
  void integersBeyondInt32AreRefusedByNameAndValue(
      ElementType type, String hex, String value, int position) throws IOException {
    Path path = fileOf(type, hex);
    Safetensors file = Safetensors.read(path);
    ConversionException error = assertThrows(ConversionException.class, () -> file.tensor("x"));
    assertEquals(
        String.format(
            Locale.ROOT,
            "%s: tensor \"x\": element %d of type %s is %s, beyond int32;"
                + " save it as float64, or as smaller numbers",
            path,
            position,
            type,
            value),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"C64, 8", "F8_E4M3, 1", "F8_E5M2, 1", "F4, 1"})
  void typesThatTensorsDoNotHaveAreRefusedWhenTheyAreRead(ElementType type, int bytes)
      throws IOException {
    int count = bytes * 8 / type.bits();
    Path path =
        file(
            String.format(
                Locale.ROOT,
                "{\"bad\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[1,%d]},"
                    + "\"good\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                type,
                count,
                1 + bytes),
            new byte[1 + bytes]);
    Safetensors file = Safetensors.read(path);
    assertEquals(0, file.tensor("good").item());
    String message = assertThrows(ConversionException.class, () -> file.tensor("bad")).getMessage();
    assertTrue(message.contains("tensor \"bad\": has elements of type " + type), message);
  }

  @Test
  void halfPrecisionIsRoundedToTheNearestEven() {
    Path path = folder.resolve("x.safetensors");
    Tensor x =
        Tensor.of(1f, 1 + 0x1p-11f, 1 + 0x3p-11f, 65504f, Float.NaN, Float.NEGATIVE_INFINITY);
    Safetensors.write(Map.of("x", x), Map.of(), ElementType.F16, path);
    assertEquals("[x: F16 [6]]", Safetensors.read(path).entries().toString());
    assertArrayEquals(
        new float[] {1, 1, 1 + 0x1p-9f, 65504, Float.NaN, Float.NEGATIVE_INFINITY},
        Safetensors.read(path).tensor("x").toFloatArray());

    Tensor y = Tensor.of(1f, 1 + 0x1p-8f, 1 + 0x3p-8f, 3.3895314e38f, Float.NaN, -1e-40f);
    Safetensors.write(Map.of("x", y), Map.of(), ElementType.BF16, path);
    assertArrayEquals(
        new float[] {1, 1, 1 + 0x1p-6f, 3.3895314e38f, Float.NaN, -0x1p-133f},
        Safetensors.read(path).tensor("x").toFloatArray(),
        0f);
  }

  @Test
  void aFiniteNumberIsNotMadeInfinite() {
    Path path = folder.resolve("x.safetensors");
    Map<String, Tensor> large = Map.of("w", Tensor.of(1f, 65520f));
    String message =
        assertThrows(
                ConversionException.class,
                () -> Safetensors.write(large, Map.of(), ElementType.F16, path))
            .getMessage();
    assertEquals(
        path + ": tensor \"w\": 65520.0 is beyond the range of type F16; write it as F32", message);
    assertFalse(Files.exists(path));
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeTheFile() {
    Path path = folder.resolve("x.safetensors");
    Tensor one = Tensor.of(1f);
    assertRefused(IllegalArgumentException.class, "__metadata__", Map.of("__metadata__", one));
    assertRefused(IllegalArgumentException.class, "half a character", Map.of("a\ud800", one));
    Map<String, Tensor> withNull = new HashMap<>();
    withNull.put("w", null);
    assertRefused(NullPointerException.class, "the tensor \"w\"", withNull);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Safetensors.write(Map.of("a", one), Map.of(), ElementType.F64, path))
            .getMessage();
    assertEquals("safetensors: float32 is written as F32, F16 or BF16, not as F64", message);
    assertEquals(0, folder.toFile().list().length, "nothing is left behind, hidden files included");
  }

  private void assertRefused(
      Class<? extends Exception> type, String message, Map<String, Tensor> tensors) {
    Path path = folder.resolve("x.safetensors");
    String given = assertThrows(type, () -> Safetensors.write(tensors, path)).getMessage();
    assertTrue(given.contains(message), given);
    assertFalse(Files.exists(path));
  }

  @Test
  void readingTakesTheMemoryOfTheTensorsAndOneMegabyteAtMost() throws IOException {
    int count = 2_000_000;
    Path path = folder.resolve("x.safetensors");
    Safetensors.write(Map.of("x", Tensor.zeros(DType.FLOAT32, count)), path);
    Npy.write(Tensor.zeros(DType.FLOAT64, count), folder.resolve("x.npy"));
    Npz.writeCompressed(Map.of("x", Tensor.zeros(DType.FLOAT64, count)), folder.resolve("x.npz"));
    int megabyte = 1 << 20;
    for (int warming = 0; warming < 2; warming++) { // classes are loaded at the first call
      int bytes = warming == 0 ? 100 * megabyte : 4 * count + megabyte;
      assertEquals(
          count, Damage.within(bytes, () -> Safetensors.read(path).tensors()).get("x").size());
      int wide = warming == 0 ? 100 * megabyte : 8 * count + megabyte;
      Path npz = folder.resolve("x.npz");
      assertEquals(count, Damage.within(wide, () -> Npz.read(npz).tensor("x")).size());
      assertEquals(count, Damage.within(wide, () -> Npy.read(folder.resolve("x.npy"))).size());
    }
    Path integers =
        file(
            "{\"x\":{\"dtype\":\"I64\",\"shape\":[1000000],\"data_offsets\":[0,8000000]}}",
            new byte[8_000_000]);
    Tensor read = Damage.within(4_000_000 + megabyte, () -> Safetensors.read(integers).tensor("x"));
    assertEquals(0, read.toIntArray()[999_999]);
  }

  @Test
  void aNameThatIsNotThereIsAnsweredWithThoseThatAre() {
    Path path = folder.resolve("x.safetensors");
    Safetensors.write(Map.of("b", Tensor.of(1f), "a", Tensor.of(1f)), path);
    Safetensors file = Safetensors.read(path);
    assertEquals(
        path + ": has no tensor \"c\", only [a, b]",
        assertThrows(IllegalArgumentException.class, () -> file.tensor("c")).getMessage());
  }

  @Test
  void aFileThatChangedSinceItsHeaderWasReadIsNotMisread() {
    Path path = folder.resolve("x.safetensors");
    Safetensors.write(Map.of("a", Tensor.of(1f)), path);
    Safetensors file = Safetensors.read(path);
    Safetensors.write(Map.of("a", Tensor.of(2f)), path);
    assertTrue(
        assertThrows(DataException.class, () -> file.tensor("a"))
            .getMessage()
            .contains("has changed since it was first read"));
  }
}
