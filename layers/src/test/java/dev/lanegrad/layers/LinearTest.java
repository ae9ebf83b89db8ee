package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearTest {
  /** W = (1 2 3; 4 5 6), b = (10, 20). */
  private static final Linear TWO_BY_THREE =
      new Linear(
          Parameter.of("weight", Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}})),
          Parameter.of("bias", Tensor.of(10.0, 20.0)));

  @Test
  void multipliesByTheTransposedWeightAndAddsTheBias() {
    Tensor y = TWO_BY_THREE.forward(Tensor.of(new double[][] {{1, 0, 0}, {1, 1, 1}}));

    assertEquals(Shape.of(2, 2), y.shape());
    assertArrayEquals(new double[] {11, 24, 16, 35}, y.toDoubleArray());
  }

  @Test
  void takesOneInputOrABatchOfAnyRank() {
    Tensor one = TWO_BY_THREE.forward(Tensor.of(1.0, 1.0, 1.0));
    Tensor many = TWO_BY_THREE.forward(Tensor.ones(DType.FLOAT64, 4, 5, 3));

    assertEquals(Shape.of(2), one.shape());
    assertArrayEquals(new double[] {16, 35}, one.toDoubleArray());
    assertEquals(Shape.of(4, 5, 2), many.shape());
    assertArrayEquals(new double[] {16, 35}, Arrays.copyOfRange(many.toDoubleArray(), 38, 40));
  }

  @Test
  void gradientsReachWeightBiasAndInput() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad();
    Gradients gradients = TWO_BY_THREE.forward(x).sum().backward();

    assertArrayEquals(
        new double[] {5, 7, 9, 5, 7, 9}, gradients.of(TWO_BY_THREE.weight()).toDoubleArray());
    assertArrayEquals(new double[] {2, 2}, gradients.of(TWO_BY_THREE.bias()).toDoubleArray());
    assertArrayEquals(new double[] {5, 7, 9, 5, 7, 9}, gradients.of(x).toDoubleArray());
  }

  @Test
  void startsUniformWithinOneOverTheRootOfTheInputs() {
    Linear linear = new Linear(16, 500, DType.FLOAT64, new SplittableRandom(1));

    for (Parameter parameter : linear.parameters()) {
      double[] values = parameter.tensor().toDoubleArray();
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      double variance = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
      assertTrue(largest <= 0.25 && largest > 0.24, "largest " + largest);
      assertEquals(0.25 * 0.25 / 3, variance, 0.002);
    }
  }

  @Test
  void equalGeneratorsGiveEqualLayersAndFloat32IsTheDefault() {
    Linear a = new Linear(3, 4, new SplittableRandom(7));
    Linear b = new Linear(3, 4, new SplittableRandom(7));

    assertEquals(DType.FLOAT32, a.weight().dtype());
    assertEquals(3, a.in());
    assertEquals(4, a.out());
    assertArrayEquals(a.weight().tensor().toFloatArray(), b.weight().tensor().toFloatArray());
    assertArrayEquals(a.bias().tensor().toFloatArray(), b.bias().tensor().toFloatArray());
    assertEquals(16, new Linear(3, 4).parameterCount());
  }

  @Test
  void canDoWithoutABias() {
    Linear linear = Linear.withoutBias(3, 2, new SplittableRandom(7));

    assertEquals(List.of("weight"), List.copyOf(linear.namedParameters().keySet()));
    assertArrayEquals(
        new double[] {0, 0}, linear.forward(Tensor.zeros(DType.FLOAT32, 1, 3)).toDoubleArray());
  }

  @Test
  void refusesWhatDoesNotFit() {
    ShapeException input =
        assertThrows(
            ShapeException.class, () -> TWO_BY_THREE.forward(Tensor.zeros(DType.FLOAT64, 5, 4)));
    ShapeException bias =
        assertThrows(
            ShapeException.class,
            () ->
                new Linear(
                    Parameter.of("weight", Tensor.zeros(DType.FLOAT32, 2, 3)),
                    Parameter.of("bias", Tensor.zeros(DType.FLOAT32, 3))));

    assertEquals("linear: takes [.., 3], not [5, 4]", input.getMessage());
    assertEquals(
        "linear: takes a weight [out, in] and a bias [out], not [2, 3] and [3]", bias.getMessage());
    assertThrows(ShapeException.class, () -> TWO_BY_THREE.forward(Tensor.scalar(DType.FLOAT64, 1)));
    assertThrows(ShapeException.class, () -> new Linear(0, 3));
    assertThrows(ShapeException.class, () -> new Linear(3, 0));
  }
}
