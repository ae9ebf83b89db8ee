package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Program;
import dev.lanegrad.autodiff.testing.Bits;
import java.util.Arrays;

/**
 * Runs a kernel on a few elements until the JIT has compiled it: kernels have other machine code
 * then, and that is what has to give the same bits.
 */
final class HotKernel {
  private static final int CALLS = 500;
  private static final int USUAL_SLICES = 12;
  private static final int PATIENCE = 150;
  private static final double COMPILED_NANOS = 4;
  private static final double CALL_NANOS = 300;

  private HotKernel() {}

  /** Whether the kernel has become fast. */
  static boolean heat(Kernel kernel, Program program, LoopShape shape, int lanes) {
    int operands = shape.inputs() + program.outputs().size();
    int columns = Math.max(1, shape.unroll()) * lanes;
    DType dtype = program.dtype();
    Object[] arrays = new Object[operands];
    Arrays.setAll(arrays, k -> Bits.filled(dtype, columns, 0.5));
    int[] offsets = new int[operands];
    int[] strides = new int[operands];
    double[] parameters = new double[program.parameters()];
    Arrays.fill(parameters, 0.5);
    double fast = CALL_NANOS + COMPILED_NANOS * program.values().size() * columns / lanes;
    for (int slice = 0; slice < PATIENCE; slice++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        kernel.run(arrays, offsets, strides, parameters, 1, columns);
      }
      double nanos = (System.nanoTime() - start) / (double) CALLS;
      if (slice >= USUAL_SLICES && nanos < fast) {
        return true;
      }
      if (slice >= USUAL_SLICES) {
        pause();
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
