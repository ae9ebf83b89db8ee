package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClippingTest {
  private final Parameter a = Parameter.of("a", Tensor.of(0.0, 0.0));
  private final Parameter b = Parameter.of("b", Tensor.of(0.0));

  /** Gradients 3, -4 and 12, of norm 13. */
  private Gradients gradients() {
    Gradients ofA = a.tensor().mul(Tensor.of(3.0, -4)).sum().backward();
    return ofA.add(b.tensor().mul(12).sum().backward());
  }

  @Test
  void byValueBoundsEveryElement() {
    Gradients clipped = Clipping.byValue(gradients(), 3.5);
    assertArrayEquals(new double[] {3, -3.5}, clipped.of(a).toDoubleArray());
    assertArrayEquals(new double[] {3.5}, clipped.of(b).toDoubleArray());
    Parameter c = Parameter.of("c", Tensor.of(0.0));
    Gradients bad = c.tensor().mul(Double.NaN).sum().backward();
    assertTrue(Double.isNaN(Clipping.byValue(bad, 1).of(c).item()));
  }

  @Test
  void byNormKeepsTheDirection() {
    double factor = 6.5 / (13 + 1e-6);
    Gradients clipped = Clipping.byNorm(gradients(), 6.5);
    assertArrayEquals(new double[] {3 * factor, -4 * factor}, clipped.of(a).toDoubleArray(), 1e-15);
    assertEquals(12 * factor, clipped.of(b).item(), 1e-15);
    Tensor small = gradients().of(a);
    assertArrayEquals(
        small.toDoubleArray(), Clipping.byNorm(gradients(), 14).of(a).toDoubleArray());
    assertEquals(0, Clipping.byNorm(gradients(), 0).norm());
  }

  @Test
  void byLargestBoundsTheLargestElementByOneFactor() {
    double factor = 6 / (12 + 1e-6);
    Gradients clipped = Clipping.byLargest(gradients(), 6);
    assertEquals(12 * factor, clipped.of(b).item(), 1e-15);
    assertEquals(3 * factor, clipped.of(a).toDoubleArray()[0], 1e-15);
  }

  /** The squares are beyond float32, and so is the norm. */
  @Test
  void hugeGradientsOfFloat32AreClippedToo() {
    Parameter c = Parameter.of("c", Tensor.of(new float[100]));
    Gradients huge = c.tensor().mul(3e38).sum().backward();
    assertEquals(1, Clipping.byNorm(huge, 1).norm(), 1e-6);
    assertEquals(1e-30, Clipping.byNorm(huge, 1e-30).norm(), 1e-36);
  }

  @Test
  void whatIsNotFiniteIsRefusedIfAsked() {
    Parameter c = Parameter.of("c", Tensor.of(0.0));
    Gradients infinite = c.tensor().mul(Double.POSITIVE_INFINITY).sum().backward();
    assertThrows(GradientException.class, () -> Clipping.byNorm(infinite, 1, true));
    assertTrue(Double.isNaN(Clipping.byNorm(infinite, 1, false).of(c).item()));
    assertThrows(IllegalArgumentException.class, () -> Clipping.byNorm(gradients(), -1));
    assertThrows(IllegalArgumentException.class, () -> Clipping.byValue(gradients(), Double.NaN));
  }

  /** What is computed from clipped tensors can be differentiated: the norm counts as a number. */
  @Test
  void theProductIsDifferentiated() {
    Tensor x = Tensor.of(3.0, -4).requiresGrad();
    Tensor norm = Tensor.scalar(DType.FLOAT64, 5);
    double factor = 2.5 / (5 + 1e-6);
    Tensor clipped = new Shrunk(2.5).applyTo(norm, x);
    assertArrayEquals(new double[] {3 * factor, -4 * factor}, clipped.toDoubleArray(), 1e-15);
    Tensor slope = clipped.mul(Tensor.of(1.0, 2)).sum().backward().of(x);
    assertArrayEquals(new double[] {factor, 2 * factor}, slope.toDoubleArray(), 1e-15);
    Tensor whole = new Shrunk(6).applyTo(norm, x);
    assertArrayEquals(x.toDoubleArray(), whole.toDoubleArray());
    assertArrayEquals(new double[] {1, 1}, whole.sum().backward().of(x).toDoubleArray());
  }

  /** Norm, factor and products are steps that give their numbers again. */
  @Test
  void itIsAProgram() {
    Gradients gradients = gradients();
    for (double bound : new double[] {6.5, 14}) {
      List<String> eager = new ArrayList<>();
      Trace trace =
          Trace.of(
              () -> Clipping.byNorm(gradients, bound, true),
              (step, outputs) -> eager.add(step + " = " + outputs));
      List<String> again = new ArrayList<>();
      Replay.run(trace, (step, outputs) -> again.add(step + " = " + outputs));

      assertTrue(eager.toString().contains("Tensor(13., float64[])"), eager::toString);
      assertEquals(eager, again);
    }
  }
}
