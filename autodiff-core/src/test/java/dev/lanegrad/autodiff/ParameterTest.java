package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.check.GradientCheck;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterTest {
  private final Parameter weight = Parameter.of("weight", Tensor.of(2.0, 3.0));
  private final Tensor x = Tensor.of(5.0, 7.0).requiresGrad();

  private Tensor loss() {
    return weight.tensor().square().mul(x).sum();
  }

  @Test
  void aFrozenParameterHasNoGradient() {
    weight.freeze();
    Gradients gradients = loss().backward();

    assertFalse(weight.isTrainable());
    assertFalse(weight.tensor().isTracked());
    assertFalse(gradients.contains(weight.tensor()));
    assertArrayEquals(new double[] {0, 0}, gradients.of(weight).toDoubleArray());
    assertArrayEquals(new double[] {4, 9}, gradients.of(x).toDoubleArray());
  }

  @Test
  void anUnfrozenParameterHasOneAgain() {
    weight.freeze();
    weight.unfreeze();

    assertTrue(weight.isTrainable());
    assertArrayEquals(new double[] {20, 42}, loss().backward().of(weight).toDoubleArray());
  }

  @Test
  void aFrozenParameterCanStillBeAssigned() {
    weight.freeze();
    weight.assign(Tensor.of(1.0, 1.0));

    assertEquals(12, loss().item());
  }

  @Test
  void aBufferIsNeverTrainable() {
    Parameter buffer = Parameter.buffer("mean", Tensor.of(1.0));
    buffer.unfreeze();

    assertFalse(buffer.isTrainable());
    assertFalse(buffer.tensor().isTracked());
  }

  @Test
  void substitutedTensorsAreDifferentiatedToAnyOrder() {
    GradientCheck.of((Tensor w) -> Parameter.substitute(Map.of(weight, w), this::loss))
        .order(2)
        .verify(Tensor.of(-1.0, 0.5));

    assertEquals(4 * 5 + 9 * 7, loss().item());
  }

  @Test
  void substitutesFit() {
    ShapeException error =
        assertThrows(
            ShapeException.class,
            () -> Parameter.substitute(Map.of(weight, Tensor.of(1.0)), this::loss));

    assertEquals(
        "substitute: parameter \"weight\" is float64[2], the tensor is float64[1]",
        error.getMessage());
  }
}
