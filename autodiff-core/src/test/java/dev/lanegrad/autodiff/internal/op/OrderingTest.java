package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ReductionMethods.Found;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sorting and selecting, against the JDK's own sort by a comparator, which is stable. */
class OrderingTest {
  private static final double[] SPECIAL = {
    0.0, -0.0, Double.NaN, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-45, -1e-45
  };

  /** Around every change of method. */
  private static final int[] LENGTHS = {0, 1, 2, 3, 31, 32, 33, 100, 255, 1_000, 8_191, 8_193};

  private static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  /** Numbers of which some are special and many are equal. */
  private static double[] numbers(int count) {
    SplittableRandom random = new SplittableRandom(count);
    double[] numbers = new double[count];
    Arrays.setAll(
        numbers,
        i ->
            switch (random.nextInt(3)) {
              case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
              case 1 -> random.nextInt(20);
              default -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(-60, 60));
            });
    return numbers;
  }

  private static int[] expected(double[] values, boolean descending) {
    Comparator<Integer> byValue =
        (i, j) -> values[i] == values[j] ? 0 : Double.compare(values[i], values[j]);
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(descending ? byValue.reversed() : byValue)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** With the signs of zeros. */
  private static void assertPicked(double[] values, int[] places, Tensor picked) {
    double[] expected = Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    assertArrayEquals(expected, picked.toDoubleArray());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Double.doubleToLongBits(expected[i]), Double.doubleToLongBits(picked.toDoubleArray()[i]));
    }
  }

  @Test
  void linesOfEveryLengthAreInOrder() {
    for (DType dtype : DTYPES) {
      for (int length : LENGTHS) {
        Tensor x = Tensor.of(numbers(length)).cast(dtype);
        double[] values = x.toDoubleArray();
        for (boolean descending : new boolean[] {false, true}) {
          Found sorted = x.sort(0, descending);
          assertArrayEquals(expected(values, descending), sorted.indices().toIntArray());
          assertPicked(values, sorted.indices().toIntArray(), sorted.values());
        }
      }
    }
  }

  @Test
  void theLargestAreTheFirstOfAFallingOrder() {
    for (DType dtype : DTYPES) {
      for (int length : LENGTHS) {
        Tensor x = Tensor.of(numbers(length)).cast(dtype);
        double[] values = x.toDoubleArray();
        int[] order = expected(values, true);
        for (int k : new int[] {0, 1, 2, 10, length / 17, length / 16, length / 2, length}) {
          if (k <= length) {
            Found largest = x.topK(k, 0);
            assertArrayEquals(Arrays.copyOf(order, k), largest.indices().toIntArray());
            assertPicked(values, Arrays.copyOf(order, k), largest.values());
          }
        }
      }
    }
  }

  @Test
  void everyAxisAndEveryLayoutIsOrderedAlike() {
    for (DType dtype : DTYPES) {
      Tensor rows = Tensor.of(Shape.of(3, 4, 5), numbers(60)).cast(dtype);
      Tensor upright = rows.permute(2, 0, 1).reshape(5, 3, 4).permute(1, 2, 0);
      for (int axis = 0; axis < 3; axis++) {
        Found sorted = rows.sort(axis, true);
        Found other = upright.sort(axis, true);
        assertArrayEquals(sorted.indices().toIntArray(), other.indices().toIntArray());
        assertArrayEquals(sorted.values().toDoubleArray(), other.values().toDoubleArray());
        Tensor moved = rows.transpose(axis, 2).sort(2, true).indices().transpose(axis, 2);
        assertArrayEquals(moved.toIntArray(), sorted.indices().toIntArray());
        assertArrayEquals(
            sorted.indices().slice(axis, 0, 1).toIntArray(),
            rows.topK(1, axis).indices().toIntArray());
      }
    }
  }
}
