package dev.lanegrad.autodiff.internal.kernel.products;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.WarmupThread;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Products with operands that are packed once have the bits of products one by one. */
class PackedProductsTest {
  private static final DType DTYPE = DType.FLOAT32;

  /** Longer than a block along k; a rest that is no whole vector; two heights of strips. */
  private static final int INNER = 600;

  private static final int COLUMNS = 21;
  private static final int ROWS = 7;
  private static final int COUNT = 70;

  private final SplittableRandom random = new SplittableRandom(5);

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }

  /** After what has asked for them. */
  private static void awaitTiles(Left left) {
    assumeTrue(Lanes.VECTOR);
    WarmupThread.awaitAll();
    assertNotNull(PackedTiles.of(DTYPE, left, ROWS, COLUMNS));
  }

  private static float[] product(Operand a, Operand b, int inner) {
    float[] c = new float[ROWS * COLUMNS + 64];
    MatMulLoop.run(new int[0], a, b, c, ROWS, inner, COLUMNS, Finish.NONE);
    return Arrays.copyOf(c, ROWS * COLUMNS);
  }

  @Test
  void ofOneMatrixWithMany() {
    float[] right = numbers(INNER * COLUMNS);
    for (int[] strides : new int[][] {{COLUMNS, 1}, {1, INNER}}) {
      Operand b = new Operand(right, 0, strides);
      RepeatedProduct asItLies = new RepeatedProduct(DTYPE, b, ROWS, INNER, COLUMNS);
      awaitTiles(Left.ROWS);
      RepeatedProduct packed = new RepeatedProduct(DTYPE, b, ROWS, INNER, COLUMNS);
      for (int offset : new int[] {0, 11}) {
        Operand a = new Operand(numbers(ROWS * INNER + 11), offset, new int[] {INNER, 1});
        float[] expected = product(a, b, INNER);
        assertArrayEquals(expected, productOf(asItLies, a));
        assertArrayEquals(expected, productOf(packed, a));
      }
    }
  }

  private static float[] productOf(RepeatedProduct product, Operand a) {
    float[] wide = new float[ROWS * product.stride() + 64];
    product.run(a, wide);
    float[] c = new float[ROWS * COLUMNS];
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(wide, i * product.stride(), c, i * COLUMNS, COLUMNS);
    }
    return c;
  }

  @Test
  void addedUp() {
    for (int inner : new int[] {1, 40}) {
      float[] left = numbers(COUNT * inner * ROWS);
      int size = inner * ROWS;
      List<Operand> b = new ArrayList<>();
      for (int t = 0; t < COUNT; t++) {
        b.add(new Operand(numbers(inner * COLUMNS + t), t, new int[] {COLUMNS, 1}));
      }
      for (int step : new int[] {size, -size}) {
        int first = step > 0 ? 0 : (COUNT - 1) * size;
        Operand a = new Operand(left, first, new int[] {step, ROWS, 1});
        float @Nullable [] expected = null;
        for (int t = 0; t < COUNT; t++) {
          Operand turned = new Operand(left, first + t * step, new int[] {1, ROWS});
          expected = added(expected, product(turned, b.get(t), inner));
        }
        SumOfProducts sum = new SumOfProducts(DTYPE, a, b, ROWS, inner, COLUMNS);
        float[] c = new float[ROWS * COLUMNS];
        sum.into(c);
        assertArrayEquals(expected, c);
        awaitTiles(MatMulTiling.of(DTYPE).fixed() ? Left.PANEL : Left.COLUMNS);
        sum.into(c);
        assertArrayEquals(expected, c);
      }
    }
  }

  private static float[] added(float @Nullable [] sum, float[] more) {
    if (sum == null) {
      return more;
    }
    float[] both = new float[sum.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = sum[i] + more[i];
    }
    return both;
  }
}
