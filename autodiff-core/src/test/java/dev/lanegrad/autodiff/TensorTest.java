package dev.lanegrad.autodiff;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.autodiff.testing.Draw;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Making tensors, looking at them, and what is refused. */
class TensorTest {
  private static final Tensor GRID = Tensor.arange(DType.FLOAT64, 0, 6, 1).reshape(2, 3);

  private static void refused(
      Class<? extends LanegradException> type, String message, Runnable call) {
    String actual = assertThrows(type, call::run, message).getMessage();
    assertTrue(actual.contains(message), () -> actual + " does not contain: " + message);
  }

  private static void assertTensor(Tensor actual, DType dtype, Shape shape, double... expected) {
    assertEquals(dtype, actual.dtype());
    assertEquals(shape, actual.shape());
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-15);
  }

  @Test
  void factories() {
    assertTensor(Tensor.of(1f, 2f), DType.FLOAT32, Shape.of(2), 1, 2);
    assertTensor(Tensor.of(1.0, 2), DType.FLOAT64, Shape.of(2), 1, 2);
    assertTensor(
        Tensor.of(new float[][] {{1, 2}, {3, 4}}), DType.FLOAT32, Shape.of(2, 2), 1, 2, 3, 4);
    assertTensor(Tensor.of(new double[][][] {{{1}, {2}}}), DType.FLOAT64, Shape.of(1, 2, 1), 1, 2);
    assertTensor(Tensor.of(new double[0][]), DType.FLOAT64, Shape.of(0, 0));
    assertTensor(Tensor.ofInts(3, -4), DType.INT32, Shape.of(2), 3, -4);
    assertTensor(Tensor.zeros(DType.BOOL, 2), DType.BOOL, Shape.of(2), 0, 0);
    assertTensor(Tensor.ones(DType.INT32, 2), DType.INT32, Shape.of(2), 1, 1);
    assertTensor(Tensor.full(DType.FLOAT32, 2.5, 1, 2), DType.FLOAT32, Shape.of(1, 2), 2.5, 2.5);
    assertTensor(Tensor.scalar(DType.FLOAT64, 7), DType.FLOAT64, Shape.SCALAR, 7);
    assertTensor(Tensor.eye(DType.FLOAT64, 2), DType.FLOAT64, Shape.of(2, 2), 1, 0, 0, 1);
    assertTensor(Tensor.tril(DType.FLOAT64, 2, 0), DType.FLOAT64, Shape.of(2, 2), 1, 0, 1, 1);
    assertTensor(Tensor.triu(DType.FLOAT64, 2, 1), DType.FLOAT64, Shape.of(2, 2), 0, 1, 0, 0);
    assertTensor(Tensor.arange(DType.FLOAT64, 1, 2, 0.4), DType.FLOAT64, Shape.of(3), 1, 1.4, 1.8);
    assertTensor(Tensor.arange(DType.INT32, 5, 0, -2), DType.INT32, Shape.of(3), 5, 3, 1);
    assertTensor(Tensor.arange(DType.FLOAT32, 3, 3, 1), DType.FLOAT32, Shape.of(0));
    assertTensor(Tensor.linspace(DType.FLOAT64, 0, 1, 3), DType.FLOAT64, Shape.of(3), 0, 0.5, 1);
    assertTensor(Tensor.linspace(DType.FLOAT64, 4, 9, 1), DType.FLOAT64, Shape.of(1), 4);
  }

  @Test
  void bytesPieceByPieceMakeTensorsOfEveryDType() {
    int size = 20_000; // several pieces
    int[] next = {0};
    Tensor floats = Tensor.read(DType.FLOAT32, Shape.of(2, size / 2), piece -> count(next, piece));
    assertTensor(floats.slice(1, 9_999, 10_000), DType.FLOAT32, Shape.of(2, 1), 9_999, 19_999);
    next[0] = 0;
    Tensor ints = Tensor.read(DType.INT32, Shape.of(3), piece -> count(next, piece));
    assertArrayEquals(new int[] {0, 0x3f800000, 0x40000000}, ints.toIntArray());
    Tensor doubles =
        Tensor.read(DType.FLOAT64, Shape.SCALAR, piece -> piece.putLong(0x3ff8000000000000L));
    assertTensor(doubles, DType.FLOAT64, Shape.SCALAR, 1.5);
    Tensor booleans =
        Tensor.read(DType.BOOL, Shape.of(3), piece -> piece.put(new byte[] {0, 1, 2}));
    assertArrayEquals(new boolean[] {false, true, true}, booleans.toBooleanArray());
    Tensor nothing = Tensor.read(DType.FLOAT32, Shape.of(0, 3), piece -> piece.put((byte) 1));
    assertEquals(Shape.of(0, 3), nothing.shape());
    refused(
        ShapeException.class,
        "read: 2 bytes are missing of a piece of 4",
        () -> Tensor.read(DType.INT32, Shape.of(1), piece -> piece.putShort((short) 1)));
  }

  private static void count(int[] next, ByteBuffer piece) {
    while (piece.hasRemaining()) {
      piece.putFloat(next[0]++);
    }
  }

  @Test
  void randomTensorsFollowTheirGenerator() {
    Tensor uniform = Tensor.uniform(new SplittableRandom(1), DType.FLOAT64, -2, 3, 1_000);
    Tensor again = Tensor.uniform(new SplittableRandom(1), DType.FLOAT64, -2, 3, 1_000);
    assertArrayEquals(uniform.toDoubleArray(), again.toDoubleArray());
    assertTrue(uniform.min().item() >= -2 && uniform.max().item() < 3);
    Tensor normal = Tensor.normal(new SplittableRandom(1), DType.FLOAT64, 10_000);
    assertEquals(0, normal.mean().item(), 0.05);
    assertEquals(1, normal.std().item(), 0.05);
    Tensor keyed = new RandomKey(7).normal(DType.FLOAT64, 10_000);
    assertEquals(0, keyed.mean().item(), 0.05);
    assertEquals(1, keyed.std().item(), 0.05);
    Tensor mask = new RandomKey(7).next().dropoutMask(DType.FLOAT64, 0.25, 10_000);
    assertEquals(1, mask.mean().item(), 0.03);
    assertArrayEquals(
        new double[] {0, 4.0 / 3}, new double[] {mask.min().item(), mask.max().item()}, 1e-15);
  }

  @Test
  void tensorsDoNotChangeWithTheArraysTheyWereMadeFrom() {
    double[] values = {1, 2};
    Tensor tensor = Tensor.of(values);
    values[0] = 9;
    tensor.toDoubleArray()[1] = 9;
    assertArrayEquals(new double[] {1, 2}, tensor.toDoubleArray());
  }

  @Test
  void viewsShowTheirElements() {
    assertTensor(GRID.transpose(), DType.FLOAT64, Shape.of(3, 2), 0, 3, 1, 4, 2, 5);
    assertTensor(GRID.slice(1, 0, 3, 2), DType.FLOAT64, Shape.of(2, 2), 0, 2, 3, 5);
    assertTensor(GRID.flip(1), DType.FLOAT64, Shape.of(2, 3), 2, 1, 0, 5, 4, 3);
    assertTensor(GRID.flip(), DType.FLOAT64, Shape.of(2, 3), 5, 4, 3, 2, 1, 0);
    assertTensor(GRID.select(0, -1), DType.FLOAT64, Shape.of(3), 3, 4, 5);
    assertTensor(
        GRID.unsqueeze(1).expand(Shape.of(2, 2, 3)).select(0, 1),
        DType.FLOAT64,
        Shape.of(2, 3),
        3,
        4,
        5,
        3,
        4,
        5);
    assertTensor(
        GRID.flip(1).transpose().slice(0, 1, 3).reshape(-1),
        DType.FLOAT64,
        Shape.of(4),
        1,
        4,
        0,
        3);
    assertEquals(Shape.of(1, 2, 3, 1), GRID.unsqueeze(0).unsqueeze(-1).shape());
    assertEquals(GRID.shape(), GRID.unsqueeze(0).squeeze(0).shape());
    List<Tensor> parts = GRID.split(1, 2);
    assertTensor(parts.get(0), DType.FLOAT64, Shape.of(2, 2), 0, 1, 3, 4);
    assertTensor(parts.get(1), DType.FLOAT64, Shape.of(2, 1), 2, 5);
    assertTensor(
        Tensor.stack(1, List.of(GRID, GRID.neg())).select(0, 0),
        DType.FLOAT64,
        Shape.of(2, 3),
        0,
        1,
        2,
        -0.0,
        -1,
        -2);
  }

  @Test
  void viewsOfTestsKeepTheirElements() {
    Tensor ints = Tensor.ofInts(Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    for (int seed = 0; seed < 200; seed++) {
      Draw draw = new Draw(seed);
      assertArrayEquals(GRID.toDoubleArray(), draw.view(GRID).toDoubleArray());
      assertArrayEquals(ints.toIntArray(), draw.view(ints).toIntArray());
    }
  }

  @Test
  void textIsLikeNumPys() {
    assertEquals("Tensor([1. , 2.5], float64[2])", Tensor.of(1.0, 2.5).toString());
    assertEquals(
        """
        Tensor([[0., 1., 2.],
                [3., 4., 5.]], float64[2, 3])\
        """,
        GRID.toString());
    assertEquals("Tensor(0.1, float32[])", Tensor.scalar(DType.FLOAT32, 0.1).toString());
    assertEquals("Tensor([ 1, -2], int32[2])", Tensor.ofInts(1, -2).toString());
    assertEquals(
        "Tensor([true, false], bool[2])".replace("true", " true"),
        Tensor.of(1.0, 0).cast(DType.BOOL).toString());
    assertEquals("Tensor([], float32[0])", Tensor.zeros(DType.FLOAT32, 0).toString());
    assertEquals(
        "Tensor([ nan,  inf, -inf,  -0.], float64[4])",
        Tensor.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0).toString());
    assertEquals("Tensor([1.0e+10, 2.5e-05], float64[2])", Tensor.of(1e10, 2.5e-5).toString());
    String large = Tensor.arange(DType.FLOAT64, 0, 2_000, 1).toString();
    assertTrue(large.startsWith("Tensor([0.000e+00, 1.000e+00, 2.000e+00, ..., 1.997e+03"), large);
  }

  @Test
  void largeTensorsAreAbbreviatedWithoutLookingAtAllOfThem() {
    Tensor huge = Tensor.zeros(DType.FLOAT32, 1).expand(Shape.of(20_000, 1_000));
    String text = huge.toString();
    assertTrue(text.startsWith("Tensor([[0., 0., 0., ..., 0., 0., 0.],"), text);
    assertTrue(text.endsWith("float32[20000, 1000])"), text);
    String empty = Tensor.zeros(DType.FLOAT64, 100_000_000, 0).toString();
    assertEquals(6, empty.split("\\[\\]", -1).length - 1, empty);
  }

  /** In a heap that has no room for a copy. */
  @Test
  void textOfALargeTensorNeedsNoMemory() throws Exception {
    String output = ChildJvm.run(List.of("-Xmx100m"), LargeTexts.class);
    assertEquals(
        """
        Tensor([[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5],
        Tensor([[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5],
        Tensor([[1, 1, 1, ..., 1, 1, 1],
        Tensor([[true, true, true, ..., true, true, true],
        """,
        output.lines().filter(line -> line.startsWith("Tensor")).collect(joining("\n", "", "\n")));
  }

  /** Prints the first lines of tensors of 12 million elements, 96 MB as doubles. */
  static final class LargeTexts {
    private LargeTexts() {}

    public static void main(String... arguments) {
      Shape shape = Shape.of(4_000, 3_000);
      Tensor row = Tensor.full(DType.FLOAT32, 0.5, 3_000);
      Tensor ones = Tensor.ones(DType.INT32, 3_000);
      for (Tensor each : List.of(row, row.cast(DType.FLOAT64), ones, row.cast(DType.BOOL))) {
        System.out.println(each.expand(shape).toString().lines().findFirst().orElse(""));
      }
    }
  }

  @Test
  void wrongReadingIsRefused() {
    refused(ShapeException.class, "item: shape [2, 3] has 6 elements, not one", GRID::item);
    refused(ShapeException.class, "item: shape [0]", () -> Tensor.of(new double[0]).item());
    refused(
        DTypeException.class,
        "toIntArray: takes int32, not float64[2, 3]: cast(DType.INT32)",
        GRID::toIntArray);
  }

  @Test
  void wrongMakingIsRefused() {
    refused(
        ShapeException.class,
        "of: shape [2, 2] takes 4 elements, 3 were given",
        () -> Tensor.of(Shape.of(2, 2), 1.0, 2, 3));
    refused(
        ShapeException.class,
        "of: row 0 has shape [2], row 1 has [1]",
        () -> Tensor.of(new double[][] {{1, 2}, {3}}));
    refused(
        ShapeException.class,
        "shape [70000, 70000]: 4,900,000,000 elements or more, but a tensor holds at most",
        () -> Tensor.zeros(DType.FLOAT32, 70_000, 70_000));
    refused(
        ShapeException.class,
        "shape [2147483647, 2147483647, 2147483647]",
        () -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    refused(
        ShapeException.class,
        "a tensor of 2,147,483,647 elements is too large",
        () -> Tensor.zeros(DType.FLOAT32, Integer.MAX_VALUE));
    refused(ShapeException.class, "shape [2, -1]: a dimension is negative", () -> Shape.of(2, -1));
    refused(
        DTypeException.class,
        "normal: makes float32 or float64, not int32",
        () -> Tensor.normal(new SplittableRandom(1), DType.INT32, 2));
    refused(
        ShapeException.class,
        "arange: from 0.0 to 1.0 in steps of 0.0",
        () -> Tensor.arange(DType.FLOAT64, 0, 1, 0));
    refused(DTypeException.class, "parameter: must be", () -> Parameter.of("p", Tensor.ofInts(1)));
  }

  @Test
  void outerProductsThatAreTooLargeAreRefusedBeforeTheyAreMade() {
    Tensor column = Tensor.zeros(DType.FLOAT32, 70_000, 1);
    Tensor row = Tensor.zeros(DType.FLOAT32, 1, 70_000);
    refused(ShapeException.class, "shape [70000, 70000]", () -> column.add(row));
    refused(ShapeException.class, "shape [70000, 70000]", () -> column.matmul(row));
    refused(
        ShapeException.class, "shape [70000, 70000]", () -> row.expand(Shape.of(70_000, 70_000)));
    refused(
        ShapeException.class,
        "pad: a result of shape [2147483653]: a tensor has at most 2,147,483,647 elements",
        () -> Tensor.zeros(DType.FLOAT32, 1).pad(0, Integer.MAX_VALUE, 5, 0));
    Tensor wide = row.expand(Shape.of(20_000, 70_000));
    refused(ShapeException.class, "elements", () -> Tensor.concat(0, List.of(wide, wide)));
  }

  @Test
  void emptyAndScalarTensorsWork() {
    Tensor empty = Tensor.zeros(DType.FLOAT64, 0, 3);
    assertTensor(empty.sum(0), DType.FLOAT64, Shape.of(3), 0, 0, 0);
    assertTensor(empty.add(1).exp(), DType.FLOAT64, Shape.of(0, 3));
    assertTensor(empty.matmul(Tensor.zeros(DType.FLOAT64, 3, 2)), DType.FLOAT64, Shape.of(0, 2));
    assertTensor(empty.transpose().reshape(0, 5), DType.FLOAT64, Shape.of(0, 5));
    assertTrue(Double.isNaN(empty.mean().item()));
    assertEquals(1, empty.prod().item());
    Tensor scalar = Tensor.scalar(DType.FLOAT64, 2);
    assertEquals(4, scalar.square().item());
    assertEquals(2, scalar.sum().item());
    assertEquals(2, scalar.reshape(1, 1).item());
    assertTensor(scalar.expand(Shape.of(2)), DType.FLOAT64, Shape.of(2), 2, 2);
  }
}
