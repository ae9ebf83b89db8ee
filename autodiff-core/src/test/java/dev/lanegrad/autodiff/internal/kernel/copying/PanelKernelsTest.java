package dev.lanegrad.autodiff.internal.kernel.copying;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.testing.Bits;
import java.util.Arrays;
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
}
