package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  /** The example of {@link Layer}. */
  private record Autoencoder(Linear down, Linear up) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return up.apply(down.apply(x).relu());
    }

    @Override
    public List<Child> children() {
      return List.of(new Child("down", down), new Child("up", up));
    }
  }

  @Test
  void activationsKeepTheShapeOfAScalar() {
    Tensor scalar = Tensor.scalar(DType.FLOAT32, -2);
    for (Layer layer : List.of(new PReLU(), new ReLU(), new Tanh(), new LeakyReLU(0.25))) {
      assertEquals(scalar.shape(), layer.apply(scalar).shape(), layer::toString);
    }
    PReLU prelu = new PReLU();
    Tensor y = prelu.forward(scalar);
    assertEquals(-0.5, y.item());
    assertEquals(-2, y.backward().of(prelu.weight()).item());
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

  private static Layer convolutional() {
    return new Sequential(
        new Conv2d(1, 4, 3, RANDOM).padding(1),
        new BatchNorm2d(4),
        new ReLU(),
        new MaxPool2d(2),
        new Residual(new Sequential(new Dropout2d(0.2, RANDOM), Tensor::tanh)),
        new Flatten(),
        new Linear(64, 3, RANDOM));
  }

  @Test
  void aTreeHasALineForEachLayer() {
    assertEquals(
        """
        Sequential
          0: Conv2d[in=1, out=4, kernel=[3, 3], padding=[1]]
          1: BatchNorm2d[channels=4]
          2: ReLU
          3: MaxPool2d[kernel=[2, 2], stride=[2, 2]]
          4: Residual
            block: Sequential
              0: Dropout2d[rate=0.2]
              1: function
          5: Flatten[first=1, last=-1]
          6: Linear[in=64, out=3]\
        """,
        convolutional().toString());
  }

  @Test
  void aSummaryShowsShapesAndCounts() {
    Layer model = convolutional();
    model.children().getFirst().layer().freeze();

    assertEquals(
        """
        layer              output          parameters
        Sequential         [2, 3]                 243
          0: Conv2d        [2, 4, 8, 8]            40
          1: BatchNorm2d   [2, 4, 8, 8]             8
          2: ReLU          [2, 4, 8, 8]             0
          3: MaxPool2d     [2, 4, 4, 4]             0
          4: Residual      [2, 4, 4, 4]             0
            block: Sequential  [2, 4, 4, 4]         0
              0: Dropout2d [2, 4, 4, 4]             0
              1: function  [2, 4, 4, 4]             0
          5: Flatten       [2, 64]                  0
          6: Linear        [2, 3]                 195
        243 parameters, 40 of them frozen\
        """
            .replaceAll(" +", " "),
        model.summary(2, 1, 8, 8).replaceAll(" +", " "));
  }

  @Test
  void aSummaryLeavesModesAndBuffersAsTheyAre() {
    Layer model = convolutional();
    model.children().get(1).layer().eval();
    Tensor mean = model.stateDict().get("1.running_mean");
    model.summary(2, 1, 8, 8);

    assertArrayEquals(mean.toFloatArray(), model.stateDict().get("1.running_mean").toFloatArray());
    assertEquals(
        List.of(false, true), LayerTree.modes(model).stream().map(Mode::isTraining).toList());
  }

  /** The time of a summary grows with the number of layers, not with its square. */
  @Test
  void aSummaryLooksAtALayerAsOftenHoweverDeepItIs() {
    assertEquals(looksAtALayerInside(1), looksAtALayerInside(50));
  }

  private static int looksAtALayerInside(int depth) {
    AtomicInteger looks = new AtomicInteger();
    Layer nested =
        new Layer() {
          @Override
          public Tensor forward(Tensor x) {
            return x;
          }

          @Override
          public List<Parameter> ownParameters() {
            looks.incrementAndGet();
            return List.of();
          }
        };
    for (int i = 0; i < depth; i++) {
      nested = new Sequential(nested);
    }
    nested.summary(1, 2);
    return looks.get();
  }

  @Test
  void aLayerThatIsUsedTwiceCountsOnceInWhatIsAround() {
    Layer shared = new Linear(3, 3, RANDOM);
    Layer model = new Sequential(new Sequential(shared, shared), new Sequential(shared));
    List<String> counts = model.summary(2, 3).lines().map(l -> l.replaceAll(".* ", "")).toList();
    assertEquals(List.of("parameters", "12", "12", "12", "12", "12", "12", "parameters"), counts);
  }

  @Test
  void anOwnLayerIsInTheSummaryAsItIs() {
    Layer model = new Autoencoder(new Linear(3, 2, RANDOM), new Linear(2, 3, RANDOM));

    assertEquals(
        """
        layer        output parameters
        Autoencoder  [5, 3]         17
          down: Linear [5, 2]        8
          up: Linear [5, 3]          9
        17 parameters\
        """
            .replaceAll(" +", " "),
        model.summary(5, 3).replaceAll(" +", " "));
    assertEquals(
        """
        Autoencoder
          down: Linear[in=3, out=2]
          up: Linear[in=2, out=3]\
        """,
        model.tree());
  }

  @Test
  void theRowsOfASummaryAreThereAsData() {
    Linear linear = new Linear(3, 2, RANDOM);
    Layer unused = new Linear(2, 2, RANDOM);
    Layer model =
        new Layer() {
          @Override
          public Tensor forward(Tensor x) {
            return linear.apply(x);
          }

          @Override
          public List<Child> children() {
            return List.of(new Child("used", linear), new Child("unused", unused));
          }
        };
    assertEquals(
        List.of(
            new SummaryRow(0, "", model, "function", Shape.of(5, 2), 14),
            new SummaryRow(1, "used", linear, "Linear[in=3, out=2]", Shape.of(5, 2), 8),
            new SummaryRow(1, "unused", unused, "Linear[in=2, out=2]", null, 6)),
        model.summaryRows(Tensor.zeros(DType.FLOAT32, 5, 3)));
  }

  @Test
  void trainAndEvalReachEveryLayer() {
    Layer model = convolutional();
    model.eval();
    assertTrue(LayerTree.modes(model).stream().noneMatch(Mode::isTraining));
    model.train();
    assertTrue(LayerTree.modes(model).stream().allMatch(Mode::isTraining));
    assertEquals(2, LayerTree.modes(model).size());
  }

  @Test
  void aFrozenLayerGetsNoGradient() {
    Linear below = new Linear(2, 2, RANDOM);
    Linear above = new Linear(2, 1, RANDOM);
    Layer model = new Sequential(below, above);
    below.freeze();
    Tensor x = Tensor.of(new float[][] {{1, 2}});
    Gradients gradients = model.forward(x).sum().backward();

    assertFalse(gradients.contains(below.weight().tensor()));
    assertTrue(gradients.contains(above.weight().tensor()));
    model.unfreeze();
    assertTrue(model.forward(x).sum().backward().contains(below.weight().tensor()));
  }
}
