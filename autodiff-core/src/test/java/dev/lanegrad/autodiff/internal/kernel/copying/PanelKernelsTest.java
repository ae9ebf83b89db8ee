package dev.lanegrad.autodiff.internal.kernel.copying;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.testing.Bits;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kernel that copies to panels, by itself: interpreted, while the JIT works on it, and
 * compiled.
 */
class PanelKernelsTest {
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void panelsHoldWhatTheyAreToHold(DType dtype) {
    for (int bits : Widths.ALL) {
      int lanes = bits / (8 * dtype.bytes());
      int rounds = Widths.isEmulated(bits) ? 3 * lanes : 1_500;
      for (int vectors = 0; vectors <= Packing.MOST_VECTORS; vectors++) {
        PanelKernel kernel = PanelWriter.kernel(dtype, vectors, bits);
        for (int round = 0; round < rounds; round++) {
          panel(kernel, dtype, vectors, lanes, round);
        }
      }
    }
  }

  private static void panel(PanelKernel kernel, DType dtype, int vectors, int lanes, int round) {
    int count = vectors > 0 ? vectors * lanes : 1 + round % lanes;
    int depth = lanes + round % (2 * lanes);
    int width = Math.max(count - round % 2, 1);
    int step = 3 + (vectors > 0 ? count : depth);
    int size = 5 + step * (vectors > 0 ? depth : count);
    double[] source = new double[size];
    Arrays.setAll(source, i -> i + 1);
    Object to = Bits.filled(dtype, depth * width + (vectors + 1) * lanes + 2, -1);
    Object table = PanelWriter.table(dtype, lanes);
    kernel.run(Bits.array(dtype, source), 1, step, count, depth, to, 2, width, table);
    double[] panel = Bits.doubles(to);
    assertEquals(-1, panel[0]);
    assertEquals(-1, panel[1]);
    for (int k = 0; k < depth; k++) {
      for (int i = 0; i < width; i++) {
        double expected = source[1 + (vectors > 0 ? k * step + i : i * step + k)];
        assertEquals(expected, panel[2 + k * width + i], "element " + i + " of step " + k);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void squaresHoldWhatTheyAreToHold(DType dtype) {
    int square = 256 / (8 * dtype.bytes());
    int columns = square / 2;
    PanelKernel kernel = dtype == DType.FLOAT32 ? FloatSquares::toPanel : DoubleSquares::toPanel;
    int rounds = Widths.isEmulated(256) ? 50 : 4_000;
    for (int round = 0; round < rounds; round++) {
      int count = 1 + round % square;
      int depth = columns + round % 13;
      int width = count + round % 3;
      int step = depth + round % 5;
      double[] source = new double[columns + count * step + columns];
      Arrays.setAll(source, i -> i + 1);
      assertTrue(Packing.squaresAreInside(square, columns, step, count, depth, source.length));
      Object to = Bits.filled(dtype, 2 + depth * width + square, -1);
      kernel.run(Bits.array(dtype, source), columns, step, count, depth, to, 2, width, "no table");
      double[] panel = Bits.doubles(to);
      assertEquals(-1, panel[1]);
      for (int k = 0; k < depth - depth % columns; k++) {
        for (int i = 0; i < count; i++) {
          assertEquals(source[columns + i * step + k], panel[2 + k * width + i]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void packingTurnsAllRowsOfAnyMatrix(DType dtype) {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 3_000; round++) {
      int count = random.nextInt(1, 20);
      int depth = random.nextInt(1, 40);
      int step = random.nextInt(4) == 0 ? -depth - 1 : depth + random.nextInt(3);
      int width = count + random.nextInt(3);
      int offset = (step < 0 ? (1 - count) * step : 0) + random.nextInt(3);
      double[] source =
          random
              .doubles(offset + (step < 0 ? 0 : (count - 1) * step) + depth, -1, 1)
              .map(x -> (float) x)
              .toArray();
      Object panel = Bits.filled(dtype, 2 + depth * width + 64, -1);
      Packing.of(dtype)
          .pack(Bits.array(dtype, source), offset, step, 1, count, depth, panel, 2, width);
      double[] packed = Bits.doubles(panel);
      assertEquals(-1, packed[1]);
      for (int k = 0; k < depth; k++) {
        for (int i = 0; i < count; i++) {
          assertEquals(source[offset + i * step + k], packed[2 + k * width + i]);
        }
      }
    }
  }
}
