package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The lectures' rules for one unit, L1.2 and L1.3. */
class LearningRulesTest {
  private final Parameter w = Parameter.of("w", Tensor.of(0.0, 0.0));
  private final Parameter b = Parameter.of("b", Tensor.of(0.0));

  @Test
  void thePerceptronAddsWhatItMisjudges() {
    PerceptronRule rule = new PerceptronRule(w, b);
    assertTrue(rule.step(Tensor.of(2.0, 1), -1));
    assertArrayEquals(new double[] {-2, -1}, w.tensor().toDoubleArray());
    assertEquals(-1, b.tensor().item());
    assertFalse(rule.step(Tensor.of(2.0, 1), -1));
    assertTrue(rule.step(Tensor.of(1.0, 1), 1));
    assertArrayEquals(new double[] {-1, 0}, w.tensor().toDoubleArray());
  }

  @Test
  void thePerceptronEndsOnSeparableClassesAndNotOnXor() {
    Tensor corners = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor and = Tensor.of(-1.0, -1, -1, 1);
    Tensor xor = Tensor.of(-1.0, 1, 1, -1);
    PerceptronRule rule = new PerceptronRule(w, b);
    int passes = 0;
    while (rule.pass(corners, and) > 0) {
      passes++;
      assertTrue(passes < 20);
    }
    for (int pass = 0; pass < 100; pass++) {
      assertTrue(rule.pass(corners, xor) > 0);
    }
  }

  @Test
  void theDeltaRuleEndsNearLeastSquares() {
    SplittableRandom random = new SplittableRandom(2);
    Tensor x = Tensor.normal(random, DType.FLOAT64, 50, 2);
    Tensor noise = Tensor.normal(random, DType.FLOAT64, 50).mul(0.1);
    Tensor truth = Tensor.of(0.5, -1.5);
    Tensor y = x.mul(truth).sum(1).add(noise);
    DeltaRule rule = new DeltaRule(w, 0.002);
    for (int pass = 0; pass < 100; pass++) {
      rule.pass(x, y);
    }
    Tensor exact =
        LinearAlgebra.solve(
            x.transpose().matmul(x), x.transpose().matmul(y.unsqueeze(1)).squeeze(1));
    assertArrayEquals(exact.toDoubleArray(), w.tensor().toDoubleArray(), 3e-3);
  }

  /** w += eta (y - w.x) x. */
  @Test
  void aStepOfTheDeltaRuleIsItsEquation() {
    Parameter weight = Parameter.of("weight", Tensor.of(new float[][] {{1, 2}}));
    Parameter bias = Parameter.of("bias", Tensor.of(0.5f));
    DeltaRule rule = new DeltaRule(weight, bias, 0.25);
    assertEquals(8 - 7.5, rule.step(Tensor.of(3f, 2f), 8));
    assertArrayEquals(new float[] {1.375f, 2.25f}, weight.tensor().toFloatArray());
    assertEquals(0.625, bias.tensor().item());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    PerceptronRule rule = new PerceptronRule(w, b);
    assertThrows(IllegalArgumentException.class, () -> rule.step(Tensor.of(1.0, 2), 0));
    assertThrows(ShapeException.class, () -> rule.step(Tensor.of(1.0, 2, 3), 1));
    assertThrows(ShapeException.class, () -> rule.step(Tensor.of(1f, 2f), 1));
    assertThrows(
        ShapeException.class,
        () -> rule.pass(Tensor.of(new double[][] {{1, 2}}), Tensor.of(1.0, -1)));
    assertThrows(IllegalArgumentException.class, () -> new PerceptronRule(w, w));
    assertThrows(IllegalArgumentException.class, () -> new DeltaRule(w, -1));
    assertArrayEquals(new double[] {0, 0}, w.tensor().toDoubleArray());
  }
}
