package dev.lanegrad.autodiff.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.testing.Draw;
import dev.lanegrad.autodiff.testing.Samples;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Loops in this JVM, where scalar kernels do the work at first and vector kernels later, once they
 * are hot.
 */
class LoopsTest {
  private static final int ROUNDS = Samples.times(1_000);
  private static final int PATIENCE_MILLIS = 60_000;

  @Test
  void mapsAreRightBeforeAndAfterVectorsAreHot() throws Exception {
    beforeAndAfter(LoopFuzz::map);
  }

  @Test
  void updatesAreRightBeforeAndAfterVectorsAreHot() throws Exception {
    beforeAndAfter(LoopFuzz::update);
  }

  @Test
  void foldsAreRightBeforeAndAfterVectorsAreHot() throws Exception {
    beforeAndAfter(LoopFuzz::fold);
  }

  @Test
  void matrixProductsAreRightBeforeAndAfterVectorsAreHot() throws Exception {
    beforeAndAfter(LoopFuzz::matmul);
  }

  private static void beforeAndAfter(LongConsumer loop) throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      loop.accept(seed);
    }
    assertTrue(warmedUp(), "no vector kernel became hot");
    for (long seed = 0; seed < 2L * ROUNDS; seed++) {
      loop.accept(seed);
    }
  }

  /** Waits until the helper thread has nothing left to compile. */
  private static boolean warmedUp() throws Exception {
    Field field = Warmup.class.getDeclaredField("PENDING");
    field.setAccessible(true);
    Collection<?> pending = (Collection<?>) field.get(null);
    int quiet = 0;
    for (int waited = 0; quiet < 20 && waited < PATIENCE_MILLIS; waited += 5) {
      quiet = pending.isEmpty() ? quiet + 1 : 0;
      Thread.sleep(5);
    }
    return quiet == 20 || !Lanes.VECTOR;
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
