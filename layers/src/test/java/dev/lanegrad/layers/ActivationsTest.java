package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ActivationsTest {
  private static final double[] POINTS = {-3, -0.5, 0, 0.25, 2};

  private static final Map<Layer, DoubleUnaryOperator> ACTIVATIONS =
      Map.of(
          new ReLU(), x -> Math.max(x, 0),
          new LeakyReLU(0.1), x -> x > 0 ? x : 0.1 * x,
          new Tanh(), Math::tanh,
          new Sigmoid(), x -> 1 / (1 + Math.exp(-x)),
          new Softplus(), x -> Math.log1p(Math.exp(x)));

  @Test
  void activationsComputeTheirFunction() {
    ACTIVATIONS.forEach(
        (layer, function) ->
            assertArrayEquals(
                Arrays.stream(POINTS).map(function).toArray(),
                layer.forward(Tensor.of(POINTS)).toDoubleArray(),
                1e-15,
                layer.toString()));
  }

  @Test
  void activationsHaveNoParameters() {
    ACTIVATIONS.keySet().forEach(layer -> assertEquals(0, layer.parameterCount()));
  }

  @Test
  void flattenKeepsTheBatch() {
    Layer flatten = new Flatten();

    assertEquals(
        Shape.of(2, 60), flatten.forward(Tensor.zeros(DType.FLOAT32, 2, 3, 4, 5)).shape());
    assertEquals(Shape.of(7, 1), flatten.forward(Tensor.zeros(DType.FLOAT32, 7)).shape());
    assertEquals(Shape.of(0, 6), flatten.forward(Tensor.zeros(DType.FLOAT32, 0, 2, 3)).shape());
    assertThrows(
        ShapeException.class, () -> flatten.forward(Tensor.scalar(DType.FLOAT32, 1)));
  }
}
