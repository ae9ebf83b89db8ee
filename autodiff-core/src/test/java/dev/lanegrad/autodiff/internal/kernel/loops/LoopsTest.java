package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.internal.kernel.compilation.WarmupThread;
import dev.lanegrad.autodiff.testing.Draw;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Loops in this JVM, where scalar kernels do the work at first and vector kernels later, once they
 * are hot.
 */
class LoopsTest {
  private static final int ROUNDS = Samples.times(1_000);

  @Test
  void mapsAreRightBeforeAndAfterVectorsAreHot() {
    beforeAndAfter(LoopFuzz::map);
  }

  @Test
  void updatesAreRightBeforeAndAfterVectorsAreHot() {
    beforeAndAfter(LoopFuzz::update);
  }

  @Test
  void foldsAreRightBeforeAndAfterVectorsAreHot() {
    beforeAndAfter(LoopFuzz::fold);
  }

  @Test
  void matrixProductsAreRightBeforeAndAfterVectorsAreHot() {
    beforeAndAfter(LoopFuzz::matmul);
  }

  private static void beforeAndAfter(LongConsumer loop) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      loop.accept(seed);
    }
    WarmupThread.awaitAll();
    for (long seed = 0; seed < 2L * ROUNDS; seed++) {
      loop.accept(seed);
    }
  }

  @Test
  void longFoldsAreCutIntoChunksOfFixedLength() {
    Draw draw = new Draw(1);
    int elements = 16_384;
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int length : new int[] {elements - 1, elements, elements + 1, 3 * elements + 77}) {
        LoopFuzz.fold(length, draw, dtype, Shape.of(length), 0);
      }
      LoopFuzz.fold(1, draw, dtype, Shape.of(2, 2 * elements + 1), 1);
      LoopFuzz.fold(1, draw, dtype, Shape.of(70 * elements + 5), 0);
      for (int rows : new int[] {1_023, 1_024, 1_025, 5_000}) {
        LoopFuzz.fold(rows, draw, dtype, Shape.of(rows, 19), 0);
        LoopFuzz.fold(rows, draw, dtype, Shape.of(2, rows, 3), 1);
        LoopFuzz.fold(rows, draw, dtype, Shape.of(rows, 3, 7), 0, 2);
      }
    }
  }
}
