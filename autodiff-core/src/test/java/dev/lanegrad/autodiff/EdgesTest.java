package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Calls at the edges of what is allowed. */
class EdgesTest {
  @Test
  void intsAndBoolsAreComparedWithNumbersThatAreNeither() {
    Tensor ints = Tensor.ofInts(0, 1, 2);
    assertBooleans(ints.less(0.5), true, false, false);
    assertBooleans(ints.equal(1.5), false, false, false);
    assertBooleans(ints.less(Tensor.of(1.5f)), true, true, false);
    Tensor bools = Tensor.ofBooleans(Shape.of(2), true, false);
    assertBooleans(bools.greater(0.5), true, false);
  }

  private static void assertBooleans(Tensor actual, boolean... expected) {
    assertArrayEquals(expected, actual.toBooleanArray());
  }

  @Test
  void aConditionIsTrueHoweverSmallItIs() {
    Tensor chosen = Tensor.of(1e-50, 0.0).where(Tensor.of(1f, 1f), Tensor.of(2f, 2f));
    assertArrayEquals(new float[] {1, 2}, chosen.toFloatArray());
  }

  @Test
  void uniformNumbersStayBelowTheirBound() {
    RandomGenerator nearlyOne = () -> -1L;
    assertTrue(nearlyOne.nextDouble() > 0.9999999999);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      assertTrue(Tensor.uniform(nearlyOne, dtype, 0, 1, 1).item() < 1);
      assertTrue(Tensor.uniform(nearlyOne, dtype, 1, 2, 1).item() < 2);
    }
  }

  @Test
  void aForwardRuleIsHeldToItsShapeRule() {
    Op wrong =
        new Op() {
          @Override
          public String name() {
            return "wrong";
          }

          @Override
          public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(new TensorType(DType.FLOAT64, Shape.of(3, 3)));
          }

          @Override
          public List<Tensor> forward(Call call) {
            return List.of(call.input(0));
          }

          @Override
          public List<Tensor> vjp(Call call, List<Tensor> gradients) {
            return gradients;
          }
        };
    Tensor x = Tensor.of(1.0, 2.0);
    String message = assertThrows(ShapeException.class, () -> wrong.applyTo(x)).getMessage();
    assertEquals("wrong: forward gave [float64[2]] where infer said [float64[3, 3]]", message);
  }

  @Test
  void formulasMayBeThousandsOfFunctionsDeep() {
    Formula deep = Formula.input(0);
    for (int i = 0; i < 20_000; i++) {
      deep = deep.add(1);
    }
    assertEquals(20_003, Elementwise.of(deep).applyTo(Tensor.of(3.0)).item());
    assertEquals(Formula.ONE, deep.derivative(0));
  }

  @Test
  void aShapeWithAnEmptyDimensionIsEmptyHoweverLargeTheOthersAre() {
    assertEquals(0, Shape.of(65_536, 65_536, 0).size());
    assertEquals(0, Shape.of(0, 65_536, 65_536).size());
    assertEquals(Shape.of(2, 0), Tensor.zeros(DType.FLOAT32, 2, 0).softmax(1).shape());
    Tensor empty = Tensor.zeros(DType.FLOAT64, 0).requiresGrad();
    assertEquals(0, empty.logSoftmax(0).sum().backward().of(empty).size());
  }

  /** A gradient of 1e-40 would slow down every product after it. */
  @Test
  void theGradientOfLogSoftmaxHasNoSubnormalNumbers() {
    Tensor floats = Tensor.of(new float[] {0, -92, -80}).requiresGrad();
    float[] gradient =
        floats.logSoftmax(0).slice(0, 0, 1).sum().backward().of(floats).toFloatArray();
    assertEquals(0, gradient[1]);
    assertEquals(-Math.exp(-80), gradient[2], 1e-41);
    Tensor doubles = Tensor.of(0.0, -92.0, -720.0).requiresGrad();
    double[] precise =
        doubles.logSoftmax(0).slice(0, 0, 1).sum().backward().of(doubles).toDoubleArray();
    assertEquals(-Math.exp(-92), precise[1], 1e-53);
    assertEquals(0, precise[2]);
  }

  @Test
  void slicesCountFromTheEnd() {
    Tensor x = Tensor.of(1.0, 2.0, 3.0, 4.0);
    assertArrayEquals(new double[] {3, 4}, x.slice(0, -2, 4).toDoubleArray());
    assertArrayEquals(new double[] {2, 3}, x.slice(0, 1, -1).toDoubleArray());
  }

  @Test
  void aMaximumThatIsNaNHasTheGradientOfItsNaN() {
    Tensor x = Tensor.of(1.0, Double.NaN, 2.0).requiresGrad();
    double[] gradient = x.max().backward().of(x).toDoubleArray();
    assertArrayEquals(new double[] {0, 1, 0}, gradient);
  }

  @Test
  void scopesMayReturnNothing() {
    Object nothing = Autodiff.tidy(() -> null);
    assertNull(nothing);
  }

  @Test
  void changedGradientsKeepTheirShape() {
    Tensor x = Tensor.of(1.0, 2.0).requiresGrad();
    Gradients gradients = x.square().sum().backward();
    assertTrue(
        assertThrows(GradientException.class, () -> gradients.map(Tensor::sum))
            .getMessage()
            .contains("made float64[] of a gradient of float64[2]"));
  }

  @Test
  void labelsAndMasksAreJoinedAndPickedLikeNumbers() {
    Tensor labels = Tensor.concat(0, List.of(Tensor.ofInts(1, 2), Tensor.ofInts(3)));
    assertArrayEquals(new int[] {1, 2, 3}, labels.toIntArray());
    assertArrayEquals(new int[] {3, 1}, labels.indexSelect(0, Tensor.ofInts(2, 0)).toIntArray());
    assertThrows(DTypeException.class, () -> Tensor.concat(0, List.of(labels, Tensor.of(1.0))));
  }

  @Test
  void theHessianOfATrackedPointCanBeDifferentiated() {
    Tensor x = Tensor.of(2.0, 3.0);
    Tensor third = Autodiff.grad(p -> Autodiff.hessian(q -> q.pow(4).sum(), p).sum()).apply(x);
    assertArrayEquals(new double[] {24 * 2, 24 * 3}, third.toDoubleArray(), 1e-12);
  }

  @Test
  void boundsOfAClampBroadcast() {
    Tensor x = Tensor.normal(new SplittableRandom(1), DType.FLOAT64, 2, 3);
    Tensor low = Tensor.of(-0.1, 0.0, 0.1);
    double[] clamped = x.clamp(low, low.add(0.2)).toDoubleArray();
    for (int i = 0; i < clamped.length; i++) {
      double bound = low.toDoubleArray()[i % 3];
      assertTrue(clamped[i] >= bound && clamped[i] <= bound + 0.2 + 1e-15);
    }
  }
}
