package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.internal.kernel.compilation.WarmupThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Copies and picks that are large enough for the ways by blocks, by their definitions. */
class LargeMovesTest {
  private static final List<DType> DTYPES = List.of(DType.values());

  private static Tensor counting(DType dtype, int... dims) {
    int size = Shape.of(dims).size();
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> dtype == DType.BOOL ? i * 31 % 7 % 2 : i);
    return Tensor.of(Shape.of(dims), numbers).cast(dtype);
  }

  /** Element by element, by index arithmetic. */
  private static double[] permuted(double[] values, int[] dims, int... axes) {
    int rank = dims.length;
    int[] strides = Shape.of(dims).rowMajorStrides();
    double[] result = new double[values.length];
    int[] index = new int[rank];
    for (int at = 0; at < result.length; at++) {
      int from = 0;
      for (int i = 0; i < rank; i++) {
        from += index[i] * strides[axes[i]];
      }
      result[at] = values[from];
      for (int i = rank - 1; i >= 0 && ++index[i] == dims[axes[i]]; i--) {
        index[i] = 0;
      }
    }
    return result;
  }

  @Test
  void permutedCopiesHoldWhatTheirIndicesSay() {
    int[][] shapes = {{33, 70}, {64, 128}, {1, 40}, {3, 33, 35}, {2, 3, 40, 37}, {40, 1, 33, 2}};
    for (DType dtype : DTYPES) {
      for (int[] dims : shapes) {
        Tensor x = counting(dtype, dims);
        double[] values = x.toDoubleArray();
        for (int[] axes : orders(dims.length)) {
          Tensor view = x.permute(axes);
          double[] expected = permuted(values, dims, axes);
          assertArrayEquals(expected, view.toDoubleArray(), () -> Arrays.toString(axes));
          Tensor twice = Tensor.concat(0, List.of(view, view));
          assertArrayEquals(
              expected, twice.slice(0, view.shape().dim(0), twice.shape().dim(0)).toDoubleArray());
        }
      }
    }
  }

  /** Every axis last, and all reversed. */
  private static List<int[]> orders(int rank) {
    List<int[]> orders = new ArrayList<>();
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    orders.add(reversed);
    for (int last = 0; last < rank; last++) {
      int chosen = last;
      int[] order = new int[rank];
      Arrays.setAll(order, i -> i == rank - 1 ? chosen : i < chosen ? i : i + 1);
      orders.add(order);
    }
    return orders;
  }

  @Test
  void shortRowsAndSquaresAreCopiedBeforeAndAfterVectorsAreHot() {
    for (int time = 0; time < 2; time++) {
      for (DType dtype : DTYPES) {
        int[] dims = {13, 150, 19};
        Tensor x = counting(dtype, dims);
        double[] values = x.toDoubleArray();
        for (int[] axes : new int[][] {{1, 0, 2}, {2, 1, 0}, {0, 2, 1}, {2, 0, 1}}) {
          Tensor copy = Tensor.concat(0, List.of(x.permute(axes)));
          assertArrayEquals(permuted(values, dims, axes), copy.toDoubleArray());
        }
        Tensor rows = counting(dtype, 3_000, 11);
        double[] each = rows.toDoubleArray();
        double[] all = Tensor.concat(1, List.of(rows, rows, rows, rows)).toDoubleArray();
        double[] expected = new double[4 * each.length];
        Arrays.setAll(expected, i -> each[i / 44 * 11 + i % 11]);
        assertArrayEquals(expected, all);
      }
      WarmupThread.awaitAll();
    }
  }

  @Test
  void reversedRepeatedAndSpreadElementsAreCopied() {
    for (DType dtype : DTYPES) {
      Tensor x = counting(dtype, 40, 50);
      double[] values = x.toDoubleArray();
      double[] flipped = x.flip(1).toDoubleArray();
      double[] turned = x.flip(0, 1).transpose().toDoubleArray();
      double[] repeated = x.unsqueeze(2).expand(Shape.of(40, 50, 35)).toDoubleArray();
      double[] spread = x.slice(1, 1, 50, 3).transpose().toDoubleArray();
      for (int i = 0; i < 40; i++) {
        for (int j = 0; j < 50; j++) {
          double value = values[i * 50 + j];
          assertEquals(value, flipped[i * 50 + 49 - j]);
          assertEquals(value, turned[(49 - j) * 40 + 39 - i]);
          assertEquals(value, repeated[(i * 50 + j) * 35 + 34]);
          if (j % 3 == 1) {
            assertEquals(value, spread[j / 3 * 40 + i]);
          }
        }
      }
    }
  }

  @Test
  void pickedElementsAreThoseThatTheIndicesName() {
    SplittableRandom random = new SplittableRandom(8);
    for (DType dtype : DTYPES) {
      Tensor x = counting(dtype, 5, 40, 3);
      for (int axis = 0; axis < 3; axis++) {
        int size = x.shape().dim(axis);
        int[] chosen = random.ints(50, 0, size).toArray();
        Tensor selected = x.indexSelect(axis, Tensor.ofInts(chosen));
        for (int k = 0; k < chosen.length; k += 7) {
          assertArrayEquals(
              x.select(axis, chosen[k]).toDoubleArray(), selected.select(axis, k).toDoubleArray());
        }
        int[] dims = x.shape().toArray();
        dims[axis] = 20;
        int[] indices = random.ints(Shape.of(dims).size(), 0, size).toArray();
        double[] picked = x.gather(axis, Tensor.ofInts(Shape.of(dims), indices)).toDoubleArray();
        double[] values = x.toDoubleArray();
        int inner = axis == 0 ? 120 : axis == 1 ? 3 : 1;
        for (int i = 0; i < indices.length; i++) {
          int outer = i / inner / 20;
          assertEquals(values[(outer * size + indices[i]) * inner + i % inner], picked[i]);
        }
      }
    }
  }

  /** Of the 6 elements of the result some get thousands of terms, one a few, one none. */
  @Test
  void longChainsAreAddedInFloat64AndShortOnesAreNot() {
    SplittableRandom random = new SplittableRandom(9);
    for (int few : new int[] {0, 20}) {
      int[] indices = random.ints(9_000, 0, 4).toArray();
      Arrays.fill(indices, 0, few, 5);
      Tensor x = Tensor.uniform(random, DType.FLOAT32, 0, 1, indices.length);
      float[] values = x.toFloatArray();
      double[] wide = new double[6];
      float narrow = 0;
      for (int i = 0; i < indices.length; i++) {
        wide[indices[i]] += values[i];
        narrow += indices[i] == 5 ? values[i] : 0;
      }
      float[] expected = new float[6];
      for (int i = 0; i < 6; i++) {
        expected[i] = i == 5 ? narrow : (float) wide[i];
      }
      Tensor index = Tensor.ofInts(indices);
      assertArrayEquals(expected, x.scatterAdd(0, 6, index).toFloatArray());
      Tensor rows = x.unsqueeze(1).expand(Shape.of(9_000, 2));
      Tensor places = index.unsqueeze(1).expand(Shape.of(9_000, 2));
      float[] sums = rows.scatterAdd(0, 6, places).toFloatArray();
      Tensor columns = x.unsqueeze(0).expand(Shape.of(2, 9_000));
      float[] across =
          columns.scatterAdd(1, 6, index.unsqueeze(0).expand(Shape.of(2, 9_000))).toFloatArray();
      for (int i = 0; i < 6; i++) {
        assertEquals(expected[i], sums[2 * i + 1]);
        assertEquals(expected[i], across[6 + i]);
      }
    }
  }
}
