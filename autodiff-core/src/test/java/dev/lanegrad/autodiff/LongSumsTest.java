package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.internal.op.HiddenOps;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sums of so many float32 numbers that one chain would lose digits. */
class LongSumsTest {
  private static final int MANY = 5_000_000;

  private static Tensor many(int... shape) {
    return Tensor.full(DType.FLOAT32, 0.0005, shape);
  }

  @Test
  void runningSumsEndAtTheSum() {
    Tensor sums = many(MANY).cumsum(0);
    assertEquals(2_500, sums.select(0, MANY - 1).item(), 2e-4);
    assertEquals(1_250, sums.select(0, MANY / 2 - 1).item(), 2e-4);
    assertEquals(0.0005f, sums.select(0, 0).item());

    Tensor x = many(100_000).requiresGrad();
    Tensor slopes = x.cumsum(0).mul(0.0005).sum().backward().of(x);
    assertEquals(50, slopes.select(0, 0).item(), 5e-6);
  }

  @Test
  void linesThatLieSideBySideAreSummedAsLinesOneBehindTheOther() {
    SplittableRandom random = new SplittableRandom(3);
    for (int[] shape : new int[][] {{65, 16}, {128, 17}, {200, 40}, {3_201, 24}}) {
      Tensor x = Tensor.normal(random, DType.FLOAT32, shape);
      Tensor lines = Tensor.of(x.transpose().toFloatArray()).reshape(shape[1], shape[0]);
      assertArrayEquals(lines.sum(1).toFloatArray(), x.transpose().sum(1).toFloatArray());
      assertArrayEquals(lines.max(1).toFloatArray(), x.transpose().max(1).toFloatArray());
      assertArrayEquals(
          lines.square().sum(1).toFloatArray(), x.transpose().square().sum(1).toFloatArray());
    }
  }

  @Test
  void shortRunningSumsAreAddedInFloat32() {
    float[] sums = many(1_024).cumsum(0).toFloatArray();
    float sum = 0;
    for (float actual : sums) {
      sum += 0.0005f;
      assertEquals(sum, actual);
    }
  }

  @Test
  void elementsThatGetManyTermsAddThemInFloat64() {
    int[] indices = new int[1_000_000];
    for (int i = 0; i < 1_000; i++) {
      indices[i * 7] = 1;
    }
    Tensor sums = many(indices.length).scatterAdd(0, 3, Tensor.ofInts(indices));
    assertEquals(999_000 * (double) 0.0005f, sums.select(0, 0).item(), 4e-5);
    float few = 0;
    for (int i = 0; i < 1_000; i++) {
      few += 0.0005f;
    }
    assertEquals(few, sums.select(0, 1).item());
    assertEquals(0, sums.select(0, 2).item());

    Tensor rows = many(2, 1).requiresGrad();
    Tensor picked = rows.indexSelect(0, Tensor.zeros(DType.INT32, 100_000));
    Tensor gradient = picked.mul(0.0005).sum().backward().of(rows);
    assertArrayEquals(new double[] {50, 0}, gradient.toDoubleArray(), 5e-6);
  }

  @Test
  void foldsAddInChainsOfAThousand() {
    assertEquals(2_500, many(MANY).sum().item(), 0.05);
    for (double sum : many(MANY / 3, 3).sum(0).toDoubleArray()) {
      assertEquals(2_500 / 3.0, sum, 0.02);
    }
    for (double sum : many(700, 3, 700).sum(0, 2).toDoubleArray()) {
      assertEquals(245, sum, 0.005);
    }
  }

  @Test
  void sumsOfChannelsAddLongPlanesAndBatchesInFloat64() {
    for (Tensor x : List.of(many(1_000_000, 2), many(1, 2, 1_000_000), many(1_000, 2, 1_000))) {
      for (double sum : HiddenOps.channelSum().applyTo(x).toDoubleArray()) {
        assertEquals(500, sum, 0.001);
      }
    }
  }

  @Test
  void averagesOfLongWindowsAreExact() {
    Tensor x = many(1, 1, 1_000_000);
    assertEquals(0.0005f, Pooling.avgPool1d(x, 1_000_000).item());
    assertEquals(0.0005f, Pooling.adaptiveAvgPool1d(x, 1).item());
    assertEquals(0.0005f, Pooling.adaptiveAvgPool2d(many(1, 1, 1_000, 999), 1, 1).item());
  }

  @Test
  void elementsInManyWindowsAddTheirGradientsInFloat64() {
    int kernel = 3_000;
    Tensor x = Tensor.zeros(DType.FLOAT32, 1, 1, 2 * kernel).requiresGrad();
    Tensor means = Pooling.avgPool1d(x, kernel, Window.UNIT, true);
    Tensor gradient = means.backward(Tensor.full(DType.FLOAT32, 0.1, 1, 1, kernel + 1)).of(x);
    assertEquals(0.1, gradient.reshape(2 * kernel).select(0, kernel).item(), 1e-7);

    float[] peak = new float[2 * kernel];
    peak[kernel] = 1;
    Tensor leaf = Tensor.of(peak).reshape(1, 1, 2 * kernel).requiresGrad();
    Tensor pooled = Pooling.maxPool1d(leaf, kernel, Window.UNIT);
    Tensor seed = Tensor.full(DType.FLOAT32, 0.1, 1, 1, kernel + 1);
    Tensor ofTop = pooled.backward(seed).of(leaf).reshape(2 * kernel).select(0, kernel);
    assertEquals(kernel * (double) 0.1f, ofTop.item(), 2e-5);
  }
}
