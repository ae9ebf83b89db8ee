package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  /** The example of {@link Layer}. */
  private record Autoencoder(Linear down, Linear up) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return up.forward(down.forward(x).relu());
    }

    @Override
    public List<Child> children() {
      return List.of(new Child("down", down), new Child("up", up));
    }
  }

  private static List<String> paths(Layer layer) {
    return List.copyOf(layer.namedParameters().keySet());
  }

  @Test
  void parametersAreNamedByDottedPathsInOrder() {
    Layer model =
        new Sequential(
            new Linear(4, 3, RANDOM),
            new ReLU(),
            new Residual(new Sequential(new Linear(3, 3, RANDOM), new Tanh())),
            new Autoencoder(new Linear(3, 2, RANDOM), new Linear(2, 3, RANDOM)));

    assertEquals(
        List.of(
            "0.weight",
            "0.bias",
            "2.block.0.weight",
            "2.block.0.bias",
            "3.down.weight",
            "3.down.bias",
            "3.up.weight",
            "3.up.bias"),
        paths(model));
    assertEquals(15 + 12 + 8 + 9, model.parameterCount());
    assertEquals(8, model.parameters().size());
  }

  @Test
  void aSharedLayerCountsOnce() {
    Linear shared = new Linear(3, 3, RANDOM);
    Layer model = new Sequential(shared, new ReLU(), shared);

    assertEquals(List.of("0.weight", "0.bias"), paths(model));
    assertEquals(12, model.parameterCount());
    assertSame(shared.weight(), model.parameters().getFirst());
  }

  @Test
  void aMethodReferenceIsALayer() {
    Layer model = new Sequential(Tensor::relu, x -> x.mul(2));

    assertArrayEquals(new double[] {0, 6}, model.forward(Tensor.of(-1.0, 3.0)).toDoubleArray());
    assertEquals(List.of(), model.parameters());
    assertEquals(0, model.parameterCount());
  }

  @Test
  void nothingInSequenceIsTheIdentity() {
    Tensor x = Tensor.of(1.0);

    assertSame(x, new Sequential().forward(x));
  }

  @Test
  void residualAddsTheInput() {
    Layer model = new Residual(x -> x.mul(2));

    assertArrayEquals(new double[] {3, 6}, model.forward(Tensor.of(1.0, 2.0)).toDoubleArray());
  }

  @Test
  void residualRefusesABlockThatChangesTheShape() {
    Layer model = new Residual(new Linear(3, 1, RANDOM));
    ShapeException error =
        assertThrows(ShapeException.class, () -> model.forward(Tensor.zeros(DType.FLOAT32, 2, 3)));

    assertEquals(
        "residual: the block turns [2, 3] into [2, 1] and has to keep the shape",
        error.getMessage());
  }

  @Test
  void twoChildrenOfOneNameAreRefused() {
    Linear first = new Linear(1, 1, RANDOM);
    Linear second = new Linear(1, 1, RANDOM);
    Layer model =
        new Layer() {
          @Override
          public Tensor forward(Tensor x) {
            return second.forward(first.forward(x));
          }

          @Override
          public List<Child> children() {
            return List.of(new Child("l", first), new Child("l", second));
          }
        };

    IllegalStateException error = assertThrows(IllegalStateException.class, model::namedParameters);
    assertEquals(
        "layer: two parameters have the path \"l.weight\"; give children different names",
        error.getMessage());
  }

  @Test
  void aNameIsOnePartOfAPath() {
    assertThrows(IllegalArgumentException.class, () -> new Layer.Child("a.b", new ReLU()));
    assertThrows(IllegalArgumentException.class, () -> new Layer.Child("", new ReLU()));
  }

  @Test
  void whatIsListedCannotBeChanged() {
    Layer model = new Linear(1, 1, RANDOM);
    Parameter other = Parameter.of("other", Tensor.of(1.0));

    assertThrows(UnsupportedOperationException.class, () -> model.parameters().add(other));
    assertThrows(
        UnsupportedOperationException.class, () -> model.namedParameters().put("other", other));
  }
}
