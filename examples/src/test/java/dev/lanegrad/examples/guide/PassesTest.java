package dev.lanegrad.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Trace;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.layers.Activation;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GELU;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What README, the guide and the Javadoc call one pass is one operation, and nothing else is. */
class PassesTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  /** The operations that write numbers while a computation is recorded, in order. */
  private static List<String> passes(Supplier<Tensor> computation) {
    return Trace.of(computation::get, (_, _) -> {}).steps().stream()
        .filter(step -> !step.outputs().isEmpty())
        .map(Trace.Step::operation)
        .toList();
  }

  private static Tensor normal(int... shape) {
    return new RandomKey(1).normal(DType.FLOAT32, shape).requiresGrad();
  }

  private static List<String> ofLayers(Tensor x, Layer... layers) {
    return passes(() -> new Sequential(layers).forward(x));
  }

  @Test
  void eachMethodOfATensorIsAPassOfItsOwn() {
    Tensor x = normal(3);
    assertEquals(List.of("mul", "add", "tanh"), passes(() -> x.mul(x).add(1).tanh()));
    assertEquals(List.of("mul", "tanh"), passes(() -> x.mul(2).tanh()));
  }

  @Test
  void aFormulaIsOnePassOfAllItsFunctions() {
    Elementwise five = Elementwise.of(v -> v.mul(v).add(1).tanh().exp().sub(v));
    Tensor x = normal(3);
    assertEquals(1, passes(() -> five.applyTo(x)).size());
  }

  @Test
  void theSampleOfTheReadmeIsTwoPasses() {
    Tensor x = normal(3);
    assertEquals(2, passes(() -> FunctionSample.ownFunction(x, x)).size());
  }

  @Test
  void aSequenceComputesActivationsWithTheLayerBefore() {
    Tensor x = normal(2, 4);
    Linear linear = new Linear(4, 3, RANDOM);
    assertEquals(1, ofLayers(x, linear).size());
    assertEquals(1, ofLayers(x, linear, new ReLU()).size());
    assertEquals(1, ofLayers(x, linear, Activation.of("own", v -> v.relu())).size());
    Conv2d convolution = new Conv2d(1, 2, 3, RANDOM);
    Tensor image = normal(1, 1, 4, 4);
    assertEquals(1, ofLayers(image, convolution, new ReLU()).size());
    assertEquals(1, ofLayers(image, convolution, new ReLU(), new Flatten()).size());
  }

  @Test
  void lambdasAndActivationsAlonePassByThemselves() {
    Tensor x = normal(2, 4);
    Linear linear = new Linear(4, 3, RANDOM);
    assertEquals(2, ofLayers(x, linear, Tensor::relu).size());
    assertEquals(2, ofLayers(x, new GELU(), new ReLU()).size());
  }

  @Test
  void whatTheGradientNeedsInBetweenIsAPassMore() {
    Tensor x = normal(2, 4);
    Linear linear = new Linear(4, 3, RANDOM);
    assertEquals(2, ofLayers(x, linear, new GELU()).size());
    assertEquals(
        1, Autodiff.withoutGradient(() -> ofLayers(x.detach(), linear, new GELU())).size());
  }
}
