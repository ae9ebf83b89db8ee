package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class InitializerTest {
  /** A convolution's weight: 40 output channels, 30 input channels, kernel 5 x 4. */
  private static final int[] WEIGHT = {40, 30, 5, 4};

  private static final double FAN_IN = 30 * 5 * 4;
  private static final double FAN_OUT = 40 * 5 * 4;

  private static double[] draw(Initializer initializer) {
    Tensor drawn = initializer.create(new SplittableRandom(5), DType.FLOAT64, WEIGHT);
    return drawn.toDoubleArray();
  }

  private static double variance(double[] values) {
    return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
  }

  private static void assertUniform(double range, Initializer initializer) {
    double[] values = draw(initializer);
    assertTrue(Arrays.stream(values).allMatch(v -> Math.abs(v) <= range));
    assertEquals(1, variance(values) / (range * range / 3), 0.05);
  }

  private static void assertNormal(double deviation, Initializer initializer) {
    double[] values = draw(initializer);
    assertTrue(Arrays.stream(values).anyMatch(v -> Math.abs(v) > 3 * deviation));
    assertEquals(1, variance(values) / (deviation * deviation), 0.05);
  }

  @Test
  void kaimingGoesByTheFanIn() {
    assertUniform(Math.sqrt(6 / FAN_IN), Initializer.kaimingUniform(0));
    assertUniform(1 / Math.sqrt(FAN_IN), Initializer.kaimingUniform(Math.sqrt(5)));
    assertNormal(Math.sqrt(2 / FAN_IN), Initializer.kaimingNormal(0));
    assertNormal(Math.sqrt(1 / FAN_IN), Initializer.kaimingNormal(1));
  }

  @Test
  void kaimingTakesAGainAndTheFanOut() {
    assertUniform(Math.sqrt(6 / FAN_OUT), Initializer.kaimingUniform(Gain.RELU, Fan.OUT));
    assertNormal(5 / 3.0 / Math.sqrt(FAN_IN), Initializer.kaimingNormal(Gain.TANH, Fan.IN));
    assertEquals(Gain.RELU, Gain.leakyRelu(0));
    assertEquals(Gain.LINEAR, Gain.leakyRelu(1));
  }

  @Test
  void truncatedNormalStaysInside() {
    double[] values = draw(Initializer.truncatedNormal(0, 1, -2, 2));
    assertTrue(Arrays.stream(values).allMatch(v -> Math.abs(v) <= 2));
    // 1 - 4 density(2) / (2 distribution(2) - 1)
    assertEquals(0.7737413, variance(values), 0.01);
    double[] right = draw(Initializer.truncatedNormal(0, 1, 3, 4));
    assertTrue(Arrays.stream(right).allMatch(v -> v >= 3 && v <= 4));
    // (density(3) - density(4)) / (distribution(4) - distribution(3))
    assertEquals(3.2632, Arrays.stream(right).average().orElseThrow(), 0.005);
    assertThrows(IllegalArgumentException.class, () -> Initializer.truncatedNormal(0, 1, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> Initializer.truncatedNormal(0, 0, 1, 2));
  }

  /** Counts what is drawn. */
  private static final class Counting implements RandomGenerator {
    private final SplittableRandom random = new SplittableRandom(5);
    private int count;

    @Override
    public long nextLong() {
      count++;
      return random.nextLong();
    }
  }

  private static void assertTail(double mean, double low, double high) {
    Counting random = new Counting();
    double[] values =
        Initializer.truncatedNormal(0, 1, low, high)
            .create(random, DType.FLOAT64, 20_000)
            .toDoubleArray();
    String what = "[%s, %s]".formatted(low, high);
    assertTrue(Arrays.stream(values).allMatch(v -> v >= low && v <= high), what);
    double average = Arrays.stream(values).average().orElseThrow();
    double deviation = Math.min(0.7, 1 / Math.abs(mean));
    assertEquals(mean, average, 4 * deviation / Math.sqrt(20_000), what);
    assertTrue(random.count < 3 * values.length, () -> what + ": drawn " + random.count);
  }

  /** A tail's mean is density(low) / (1 - distribution(low)); two numbers a try, most are kept. */
  @Test
  void truncatedNormalReachesEveryTail() {
    double infinity = Double.POSITIVE_INFINITY;
    assertTail(0.7978846, 0, infinity);
    assertTail(0.7978846, 0, 1e9);
    assertTail(5.1865035, 5, 1e9);
    assertTail(1.5251353, 1, infinity);
    assertTail(-1.5251353, -infinity, -1);
    assertTail(-5.1865035, -1e300, -5);
    assertTail(40.024969, 40, infinity);
    assertTail(1e9, 1e9, infinity);
    assertTail(0, -infinity, infinity);
    for (double end : new double[] {1e200, Double.MAX_VALUE}) {
      double[] far = draw(Initializer.truncatedNormal(0, 1e-200, end, infinity));
      assertTrue(Arrays.stream(far).allMatch(v -> v == end));
    }
    double[] scaled = draw(Initializer.truncatedNormal(10, 2, -infinity, 8));
    assertEquals(10 - 2 * 1.5251353, Arrays.stream(scaled).average().orElseThrow(), 0.02);
  }

  /** What ordinary intervals gave before tails had a way of their own. */
  @Test
  void truncatedNormalKeepsItsSeeds() {
    assertEquals(261593621, hash(-2, 2));
    assertEquals(1728108431, hash(-1, 0.5));
    assertEquals(-1786465444, hash(0, 2));
    assertEquals(-1581521922, hash(3, 4));
    assertEquals(-51969066, hash(-8, -5));
  }

  private static int hash(double low, double high) {
    return Arrays.hashCode(draw(Initializer.truncatedNormal(0, 1, low, high)));
  }

  @Test
  void orthogonalRowsOrColumns() {
    assertIdentity(3, product(new int[] {5, 3}, true));
    assertIdentity(3, product(new int[] {3, 5}, false));
    assertIdentity(4, product(new int[] {4, 4}, false));
    assertIdentity(6, product(new int[] {6, 2, 2, 3}, false));
  }

  /** W^T W or W W^T of an orthogonal weight of gain 2, divided by 4. */
  private static double[] product(int[] shape, boolean ofColumns) {
    Tensor w =
        Initializer.orthogonal(2)
            .create(new SplittableRandom(1), DType.FLOAT64, shape)
            .reshape(shape[0], -1);
    Tensor squares = ofColumns ? w.transpose().matmul(w) : w.matmul(w.transpose());
    return squares.div(4).toDoubleArray();
  }

  private static void assertIdentity(int n, double[] matrix) {
    assertArrayEquals(Tensor.eye(DType.FLOAT64, n).toDoubleArray(), matrix, 1e-14);
  }

  @Test
  void fillReplacesAParameter() {
    Parameter parameter = Parameter.of("weight", Tensor.zeros(DType.FLOAT32, 2, 3));
    Initializer.constant(2).fill(parameter, new SplittableRandom(1));

    assertEquals(12, parameter.tensor().sum().item());
  }

  @Test
  void xavierGoesByBothFans() {
    assertUniform(Math.sqrt(6 / (FAN_IN + FAN_OUT)), Initializer.xavierUniform(1));
    assertNormal(2 * Math.sqrt(2 / (FAN_IN + FAN_OUT)), Initializer.xavierNormal(2));
  }

  @Test
  void plainDistributions() {
    assertUniform(0.5, Initializer.uniform(-0.5, 0.5));
    assertNormal(0.1, Initializer.normal(0, 0.1));
    double mean = Arrays.stream(draw(Initializer.normal(3, 0.1))).average().orElseThrow();
    assertEquals(3, mean, 0.01);
  }

  @Test
  void constants() {
    double[] expected = new double[24_000];
    assertArrayEquals(expected, draw(Initializer.zeros()));
    Arrays.fill(expected, 1);
    assertArrayEquals(expected, draw(Initializer.ones()));
    Arrays.fill(expected, 0.1);
    assertArrayEquals(expected, draw(Initializer.constant(0.1)));
  }

  @Test
  void aVectorHasNoFan() {
    ShapeException error =
        assertThrows(
            ShapeException.class,
            () -> Initializer.kaimingUniform(0).create(new SplittableRandom(1), DType.FLOAT32, 3));

    assertEquals(
        "initializer: only a weight [out, in, ..] has a fan, not shape [3]", error.getMessage());
  }
}
