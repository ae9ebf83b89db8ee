package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  /** A file of version 1.0 whose header, with spaces and the end of the line, has 118 bytes. */
  static byte[] bytes(String header, String data) {
    return bytes(1, header + " ".repeat(Math.max(117 - header.length(), 0)) + "\n", data);
  }

  private static byte[] bytes(int version, String header, String data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Charset charset = version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    byte[] text = header.getBytes(charset);
    out.writeBytes(HexFormat.of().parseHex("934e554d5059"));
    out.writeBytes(new byte[] {(byte) version, 0, (byte) text.length, (byte) (text.length >> 8)});
    if (version > 1) {
      out.writeBytes(new byte[2]);
    }
    out.writeBytes(text);
    out.writeBytes(HexFormat.of().parseHex(data));
    return out.toByteArray();
  }

  private Path file(byte... bytes) throws IOException {
    return Files.write(folder.resolve("x.npy"), bytes);
  }

  private Tensor read(String header, String data) throws IOException {
    return Npy.read(file(bytes(header, data)));
  }

  private static Tensor counted(DType dtype, int... shape) {
    int size = Shape.of(shape).size();
    return Tensor.arange(dtype, 0, size, 1).reshape(shape);
  }

  /** What NumPy 2.4.6 wrote: header and data. */
  static Stream<Arguments> numpys() {
    return Stream.of(
        Arguments.of(
            counted(DType.FLOAT32, 2, 3),
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            "000000000000803f0000004000004040000080400000a040"),
        Arguments.of(
            Tensor.scalar(DType.FLOAT64, -1.5),
            "{'descr': '<f8', 'fortran_order': False, 'shape': (), }",
            "000000000000f8bf"),
        Arguments.of(
            Tensor.ofInts(1, -2, 3),
            "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }",
            "01000000feffffff03000000"),
        Arguments.of(
            Tensor.ofBooleans(Shape.of(2), true, false),
            "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }",
            "0100"),
        Arguments.of(
            Tensor.zeros(DType.FLOAT64, 0, 3),
            "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }",
            ""));
  }

  @ParameterizedTest
  @MethodSource("numpys")
  void arraysHaveTheBytesOfNumPy(Tensor tensor, String header, String data) throws IOException {
    Path path = folder.resolve("x.npy");
    Npy.write(tensor, path);
    assertArrayEquals(bytes(header, data), Files.readAllBytes(path));
    assertSame(tensor, Npy.read(path));
  }

  private static void assertSame(Tensor expected, Tensor tensor) {
    assertEquals(expected.dtype(), tensor.dtype());
    assertEquals(expected.shape(), tensor.shape());
    assertArrayEquals(expected.toDoubleArray(), tensor.toDoubleArray());
  }

  /** NumPy's {@code asfortranarray}; a row has one order only. */
  static Stream<Arguments> numpysInFortranOrder() {
    return Stream.of(
        Arguments.of(
            counted(DType.FLOAT32, 2, 3),
            "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
            "00000000000040400000803f00008040000000400000a040"),
        Arguments.of(
            counted(DType.INT32, 2, 2, 2),
            "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 2, 2), }",
            "0000000004000000020000000600000001000000050000000300000007000000"),
        Arguments.of(
            Tensor.ones(DType.FLOAT32, 1, 3),
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }",
            "0000803f0000803f0000803f"));
  }

  @ParameterizedTest
  @MethodSource("numpysInFortranOrder")
  void fortranOrderHasTheBytesOfNumPyToo(Tensor tensor, String header, String data)
      throws IOException {
    Path path = folder.resolve("x.npy");
    Npy.writeFortran(tensor, path);
    assertArrayEquals(bytes(header, data), Files.readAllBytes(path));
    assertSame(tensor, Npy.read(path));
  }

  @Test
  void manyDimensionsMakeALongerHeader() throws IOException {
    Path path = folder.resolve("x.npy");
    int[] shape = new int[30];
    Arrays.fill(shape, 1);
    Npy.write(Tensor.zeros(DType.FLOAT32, shape), path);
    byte[] bytes = Files.readAllBytes(path);
    assertEquals(192 + 4, bytes.length, "as NumPy's");
    assertEquals(0xb6, Byte.toUnsignedInt(bytes[8]), "as NumPy's");
    assertEquals(Shape.of(shape), Npy.read(path).shape());
  }

  @Test
  void aViewIsWrittenInTheOrderThatItHas() {
    Path path = folder.resolve("x.npy");
    Tensor view = counted(DType.FLOAT64, 50, 400).transpose(0, 1);
    Npy.write(view, path);
    assertSame(view, Npy.read(path));
    Npy.writeFortran(view, path);
    assertSame(view, Npy.read(path));
  }

  @ParameterizedTest
  @CsvSource({
    "<f2, 003c00c0, '1 -2'",
    ">f2, 3c00c000, '1 -2'",
    ">f4, 3f800000c0000000, '1 -2'",
    "=f4, 0000803f000000c0, '1 -2'",
    "f4, 0000803f000000c0, '1 -2'",
    ">f8, 3ff0000000000000c000000000000000, '1 -2'",
    "|b1, 0100, '1 0'",
    "|i1, 7f80, '127 -128'",
    "|u1, 7f80, '127 128'",
    "<i2, 00018000, '256 128'",
    ">i2, 00018000, '1 -32768'",
    "<u2, 0100ffff, '1 65535'",
    ">i4, 0000000180000000, '1 -2147483648'",
    "<u4, ffffff7f00000000, '2147483647 0'",
    "<i8, 00000080ffffffff0100000000000000, '-2147483648 1'",
    ">i8, 00000000000000010000000000000002, '1 2'",
    "<u8, 01000000000000000200000000000000, '1 2'",
  })
  void otherTypesAndOrdersOfBytesAreConverted(String descr, String data, String expected)
      throws IOException {
    double[] values = Stream.of(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Tensor tensor =
        read("{'descr': '%s', 'fortran_order': False, 'shape': (2,), }".formatted(descr), data);
    assertArrayEquals(values, tensor.toDoubleArray());
    assertEquals(descr.contains("f8") ? DType.FLOAT64 : tensor.dtype(), tensor.dtype());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void allVersionsAreRead(int version) throws IOException {
    String header = "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }     \n";
    assertArrayEquals(
        new int[] {1, 2}, Npy.read(file(bytes(version, header, "00010002"))).toIntArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"|u1\"}",
        "{'shape': (2L, ), 'descr': '|u1', 'fortran_order': False}",
        " {'fortran_order': True ,\n'shape' : ( 2 , ) , 'descr':'<u1' , }  ",
      })
  void headersThatPythonReadsAreRead(String header) throws IOException {
    assertArrayEquals(new int[] {3, 4}, read(header, "0304").toIntArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'x': 1} ~ has a key 'x' beside",
        "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,)} ~ 'descr' twice",
        "{'descr': '|u1', 'fortran_order': False} ~ needs 'descr', 'fortran_order' and 'shape'",
        "{'descr': '|u1', 'fortran_order': 0, 'shape': (2,)} ~ that is not True or False",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (-2,)} ~ something that is no length",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2)} ~ a number, not a tuple",
        "{'descr': '|u1', 'fortran_order': False, 'shape': [2]} ~ lacks a '('",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2.0,)} ~ lacks a ')'",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (02,)} ~ something that is no length",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)} ~ larger than",
        "{'descr': '<i8', 'fortran_order': False, 'shape': (4611686018427387904, 4)} ~ larger than",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} x ~ after its dictionary",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,) ~ lacks a '}'",
        "['descr', '|u1'] ~ lacks a '{'",
        "{'descr': 'u1 ~ where a text in quotes should be",
        "{'descr': 'pear', 'fortran_order': False, 'shape': (2,)} ~ which is none of NumPy's",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)} ~ take 3",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} ~ several arrays belong",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1000000000000,)} ~ take 2000000",
      })
  void headersThatBreakARuleAreRefused(String header, String message) {
    assertRefused(FormatException.class, bytes(header, "0304"), message);
  }

  private void assertRefused(Class<? extends DataException> type, byte[] bytes, String message) {
    String given = assertThrows(type, () -> Npy.read(file(bytes))).getMessage();
    assertTrue(given.startsWith(folder.resolve("x.npy") + ": "), given);
    assertTrue(given.contains(message), given);
  }

  @Test
  void otherFilesAreRefused() {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n";
    byte[] good = bytes(1, header, "0304");
    byte[] version4 = good.clone();
    version4[6] = 4;
    assertRefused(FormatException.class, version4, "has version 4.0 of the format");
    assertRefused(FormatException.class, new byte[20], "does not begin with \\x93NUMPY");
    assertRefused(FormatException.class, new byte[0], "is cut off within its header");
    assertRefused(FormatException.class, Arrays.copyOf(good, 30), "is cut off within its header");
    byte[] long1 = bytes(1, header + " ".repeat(10_000), "");
    assertRefused(
        FormatException.class, long1, "a header of 10,058 characters; NumPy reads 10,000");
    byte[] long2 = bytes(2, header, "");
    Arrays.fill(long2, 8, 12, (byte) 0xff);
    assertRefused(FormatException.class, long2, "a header of 4,294,967,295 characters");
    byte[] latin = bytes(1, "{'descr': '|u1', 'ä': (2,), }\n", "");
    latin[6] = 3;
    assertRefused(FormatException.class, latin, "header");
    String missing =
        assertThrows(DataException.class, () -> Npy.read(folder.resolve("none.npy"))).getMessage();
    assertEquals(folder.resolve("none.npy") + ": there is no such file", missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "'|O'  ~ holds Python objects (|O), which are read by running what the file says",
        "'<c8' ~ has elements of type <c8, which tensors do not have",
        "'<c16' ~ has elements of type <c16",
        "'<U2' ~ has elements of type <U2",
        "'<V2' ~ has elements of type <V2",
        "'<M8[ns]' ~ has elements of type <M8[ns]",
        "'<f16' ~ has elements of type <f16",
        "[('a', '<f4'), ('b', '<i2')] ~ has elements of type [('a', '<f4'), ('b', '<i2')]",
      })
  void whatTensorsCannotHoldIsRefusedByName(String descr, String message) {
    String header = "{'descr': %s, 'fortran_order': False, 'shape': (2,), }".formatted(descr);
    assertRefused(ConversionException.class, bytes(header, "0304"), message);
  }

  @Test
  void integersBeyondInt32AreRefusedByValue() {
    String header = "{'descr': '>i8', 'fortran_order': False, 'shape': (2,), }";
    assertRefused(
        ConversionException.class,
        bytes(header, "00000000000000010000000080000000"),
        "element 1 of type I64 is 2147483648, beyond int32");
  }

  @Test
  void moreElementsThanATensorHoldsAreRefusedBeforeMemory() {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 3000000000), }";
    assertRefused(
        ConversionException.class, bytes(header, ""), "has shape [0, 3000000000], and a tensor");
  }
}
