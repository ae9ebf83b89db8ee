package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.kernel.loops.LoopKernels;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process that keeps meeting new formulas: results stay right, and what is kept stays bounded.
 */
class BoundedMemoryTest {
  private static final int FORMULAS = 10_000;
  private static final int KEPT_KERNELS = 1_024;

  @Tag("thorough")
  @Test
  void tenThousandFormulasLeaveABoundedNumberOfKernels() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = {0.5, -1.25, 3};
    Tensor x = Tensor.of(values);
    long before = -1;
    for (int i = 0; i < FORMULAS; i++) {
      Formula formula = Formula.input(0);
      double[] expected = values.clone();
      for (int step = 0; step < 14; step++) {
        int choice = random.nextInt(3);
        formula =
            choice == 0 ? formula.add(1) : choice == 1 ? formula.neg() : formula.mul(0.5).abs();
        for (int k = 0; k < expected.length; k++) {
          expected[k] =
              choice == 0
                  ? expected[k] + 1
                  : choice == 1 ? -expected[k] : Math.abs(expected[k] / 2);
        }
      }
      assertArrayEquals(expected, Elementwise.of(formula).applyTo(x).toDoubleArray());
      if (i == FORMULAS / 2) {
        before = usedMemory();
      }
    }
    assertTrue(LoopKernels.size() <= KEPT_KERNELS, () -> LoopKernels.size() + " kernels");
    long growth = usedMemory() - before;
    assertTrue(growth < 32 << 20, () -> "memory grew by " + growth + " bytes");
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aFormulaThatDiffersInAConstantOnlySharesItsKernel() {
    Tensor x = Tensor.of(1.0, 2.0);
    Formula in = Formula.input(0);
    Elementwise.of(in.mul(0.1).cosh().mul(7)).applyTo(x);
    int kernels = LoopKernels.size();
    for (int i = 2; i < 50; i++) {
      double rate = i * 0.1 + 0.03;
      double[] result = Elementwise.of(in.mul(rate).cosh().mul(7)).applyTo(x).toDoubleArray();
      assertEquals(7 * Math.cosh(rate), result[0], 1e-9 * result[0]);
    }
    assertEquals(kernels, LoopKernels.size());
  }

  @Test
  void aHundredThousandStepsFitIntoASmallHeap() throws Exception {
    String output = ChildJvm.run(List.of("-Xmx128m"), LongTraining.class);
    assertTrue(output.contains("learned true"), output);
  }
}
