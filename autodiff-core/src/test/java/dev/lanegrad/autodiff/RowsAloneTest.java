package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bits of a row of a product, or of a sample of a convolution, are those of its definition, and
 * the same alone and among others.
 */
class RowsAloneTest {
  private static final int[] INNER = {1, 2, 15, 16, 17, 33, 100, 300};
  private static final int[] COLUMNS = {1, 2, 7, 8, 9, 33, 65, 200};
  private static final int ROWS = 13;
  private static final int CHAINS = 16;

  private final SplittableRandom random = new SplittableRandom(1);

  /** How a matrix lies in memory. */
  private enum Lying {
    ROWS,
    COLUMNS,
    SPREAD;

    Tensor copy(Tensor matrix) {
      return switch (this) {
        case ROWS -> matrix.mul(1);
        case COLUMNS -> matrix.transpose().mul(1).transpose();
        case SPREAD -> {
          int columns = matrix.shape().dim(1);
          Tensor twice = Tensor.stack(2, List.of(matrix, matrix.neg()));
          yield twice.reshape(matrix.shape().dim(0), 2 * columns).slice(1, 0, 2 * columns, 2);
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void rowsOfProductsHaveTheBitsOfTheDefinitionAloneAndAmongOthers(DType dtype) {
    for (int inner : INNER) {
      for (int columns : COLUMNS) {
        Tensor a = uniform(dtype, ROWS, inner);
        Tensor b = uniform(dtype, inner, columns);
        double[] expected = product(dtype, a.toDoubleArray(), b.toDoubleArray(), inner, columns);
        for (Lying left : Lying.values()) {
          for (Lying right : Lying.values()) {
            Tensor c = left.copy(a).matmul(right.copy(b));
            String all = call(ROWS, inner, columns, left, right);
            assertArrayEquals(expected, c.toDoubleArray(), 0, all);
            int row = random.nextInt(ROWS);
            Tensor alone = left.copy(a.slice(0, row, row + 1)).matmul(right.copy(b));
            assertArrayEquals(
                Arrays.copyOfRange(expected, row * columns, (row + 1) * columns),
                alone.toDoubleArray(),
                0,
                call(1, inner, columns, left, right));
          }
        }
      }
    }
  }

  private static String call(int rows, int inner, int columns, Lying left, Lying right) {
    return String.format(
        Locale.ROOT, "[%d, %d] x [%d, %d] by %s and %s", rows, inner, inner, columns, left, right);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void stacksAndVectorsAreProductsOfRowsToo(DType dtype) {
    Tensor a = uniform(dtype, 3, 5, 40);
    Tensor b = uniform(dtype, 3, 40, 1);
    Tensor stack = a.matmul(b);
    for (int n = 0; n < 3; n++) {
      for (int row = 0; row < 5; row++) {
        Tensor x = a.slice(0, n, n + 1).reshape(5, 40).slice(0, row, row + 1).reshape(40);
        Tensor y = b.slice(0, n, n + 1).reshape(40);
        double alone = x.matmul(y).toDoubleArray()[0];
        assertArrayEquals(
            new double[] {alone},
            new double[] {stack.toDoubleArray()[n * 5 + row]},
            0,
            "matrix " + n + ", row " + row);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void samplesOfConvolutionsHaveTheSameBitsAloneAndAmongOthers(DType dtype) {
    int[][] weights = {{6, 4, 3, 2}, {16, 5, 3, 3}, {52, 49, 3, 3}, {50, 48, 1, 1}};
    for (int[] weight : weights) {
      isTheSameAlone(uniform(dtype, weight), 1);
    }
    isTheSameAlone(uniform(dtype, 11, 1, 3, 3), 11);
  }

  private void isTheSameAlone(Tensor weight, int groups) {
    Window strided = Window.UNIT.stride(2, 3).padding(1, 0);
    for (Window window : new Window[] {Window.UNIT, strided}) {
      Tensor x = uniform(weight.dtype(), 7, weight.shape().dim(1) * groups, 9, 11);
      Tensor y = Convolutions.conv2d(x, weight, null, window, groups);
      Tensor back = Convolutions.convTranspose2d(y, weight, null, window, groups);
      for (int n = 0; n < 7; n++) {
        String which = weight.shape() + ", sample " + n;
        Tensor alone = Convolutions.conv2d(x.slice(0, n, n + 1), weight, null, window, groups);
        assertArrayEquals(sample(y, n), alone.toDoubleArray(), 0, which);
        Tensor backAlone = Convolutions.convTranspose2d(alone, weight, null, window, groups);
        assertArrayEquals(sample(back, n), backAlone.toDoubleArray(), 0, "back, " + which);
      }
    }
  }

  private static double[] sample(Tensor batch, int n) {
    return batch.slice(0, n, n + 1).toDoubleArray();
  }

  private Tensor uniform(DType dtype, int... shape) {
    return Tensor.uniform(random, dtype, -1, 1, shape);
  }

  private static double[] product(DType dtype, double[] a, double[] b, int inner, int columns) {
    double[] c = new double[ROWS * columns];
    int count = columns == 1 ? CHAINS : 1;
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < columns; j++) {
        double[] chains = new double[count];
        for (int k = 0; k < inner; k++) {
          int l = k % count;
          chains[l] = fma(dtype, a[i * inner + k], b[k * columns + j], chains[l]);
        }
        for (int distance = count / 2; distance > 0; distance /= 2) {
          for (int l = 0; l < distance; l++) {
            chains[l] = fma(dtype, 1, chains[l], chains[l + distance]);
          }
        }
        c[i * columns + j] = chains[0];
      }
    }
    return c;
  }

  private static double fma(DType dtype, double a, double b, double c) {
    return dtype == DType.FLOAT32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }
}
