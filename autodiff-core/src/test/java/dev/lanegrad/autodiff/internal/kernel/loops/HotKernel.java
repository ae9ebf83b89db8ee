package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Pace;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Jit;
import java.util.Arrays;

/**
 * Runs a kernel on a few elements until the JIT has compiled it: kernels have other machine code
 * then, and that is what has to give the same bits.
 */
final class HotKernel {
  private static final int CALLS = 500;
  private static final int USUAL_SLICES = 12;

  /** What an operation and a call may take, in steps of the machine's pace. */
  private static final double COMPILED_STEPS = 2;

  private static final double CALL_STEPS = 150;

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
    double steps = CALL_STEPS + COMPILED_STEPS * program.values().size() * columns / lanes;
    for (int slice = 0; slice < USUAL_SLICES; slice++) {
      nanos(kernel, arrays, offsets, strides, parameters, columns);
    }
    return Jit.brings(
        () -> nanos(kernel, arrays, offsets, strides, parameters, columns) < steps * Pace.nanos());
  }

  /** What a call takes. */
  private static double nanos(
      Kernel kernel,
      Object[] arrays,
      int[] offsets,
      int[] strides,
      double[] parameters,
      int columns) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      kernel.run(arrays, offsets, strides, parameters, 1, columns);
    }
    return (System.nanoTime() - start) / (double) CALLS;
  }
}
