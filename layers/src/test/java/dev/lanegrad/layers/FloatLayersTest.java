package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shortest constructors make float32 layers, which keep to float32 and have gradients. */
class FloatLayersTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final Map<Layer, Shape> LAYERS = new LinkedHashMap<>();

  private static void add(Layer layer, int... input) {
    LAYERS.put(layer, Shape.of(input));
  }

  static {
    RecurrentOptions options = RecurrentOptions.DEFAULTS.withLayers(2).withDropout(0.5);
    add(new Linear(3, 2), 4, 3);
    add(new Bilinear(3, 3, 2, RANDOM), 4, 3);
    add(new PReLU(), 4, 3);
    add(new PReLU(3), 4, 3);
    add(new Conv1d(2, 3, 3, RANDOM), 2, 2, 8);
    add(new Conv2d(2, 3, 3, RANDOM), 2, 2, 8, 8);
    add(new ConvTranspose1d(2, 3, 3, RANDOM), 2, 2, 8);
    add(new ConvTranspose2d(2, 3, 3, RANDOM), 2, 2, 8, 8);
    add(new MaxPool1d(2), 2, 2, 8);
    add(new MaxPool2d(2), 2, 2, 8, 8);
    add(new AvgPool1d(2), 2, 2, 8);
    add(new AvgPool2d(2), 2, 2, 8, 8);
    add(new AdaptiveAvgPool1d(3), 2, 2, 8);
    add(new AdaptiveAvgPool2d(3), 2, 2, 8, 8);
    add(new BatchNorm1d(3), 4, 3);
    add(new BatchNorm2d(3), 4, 3, 2, 2);
    add(new LayerNorm(3), 4, 3);
    add(new GroupNorm(2, 4), 3, 4, 5);
    add(new RMSNorm(3), 4, 3);
    add(new Dropout(0.5), 4, 3);
    add(new Dropout2d(0.5), 4, 3, 2, 2);
    add(new RNN(3, 4, options, RANDOM), 5, 2, 3);
    add(new GRU(3, 4, options, RANDOM), 5, 2, 3);
    add(new LSTM(3, 4, options, RANDOM), 5, 2, 3);
    add(new RNN(3, 4, RANDOM), 5, 2, 3);
    add(new GRU(3, 4, RANDOM), 5, 2, 3);
    add(new LSTM(3, 4, RANDOM), 5, 2, 3);
    add(new MultiheadAttention(4, 2, RANDOM).causal(), 2, 3, 4);
    add(new TransformerEncoderLayer(4, 2, 8, RANDOM), 2, 3, 4);
    add(new PositionalEncoding(5, 4), 2, 3, 4);
    add(new LearnedPositionalEncoding(5, 4, RANDOM), 2, 3, 4);
  }

  @TestFactory
  Stream<DynamicTest> keepToFloat32() {
    return LAYERS.entrySet().stream()
        .map(
            entry -> {
              Layer layer = entry.getKey();
              return dynamicTest(
                  LayerTree.typeOf(layer), () -> check(layer, entry.getValue().toArray()));
            });
  }

  private static void check(Layer layer, int... shape) {
    Tensor x = Tensor.normal(RANDOM, DType.FLOAT32, shape).requiresGrad();
    Tensor y = layer.forward(x);
    Gradients gradients = y.square().sum().backward();

    assertEquals(DType.FLOAT32, y.dtype());
    assertTrue(Double.isFinite(gradients.require(x).abs().sum().item()));
    for (Parameter parameter : layer.parameters()) {
      assertTrue(gradients.require(parameter.tensor()).abs().max().item() > 0, parameter::toString);
    }
  }

  @TestFactory
  Stream<DynamicTest> takeAnEmptyBatch() {
    return LAYERS.entrySet().stream()
        .filter(entry -> !(entry.getKey() instanceof BatchNorm1d))
        .filter(entry -> !(entry.getKey() instanceof BatchNorm2d))
        .map(
            entry -> {
              int[] shape = entry.getValue().toArray();
              boolean stepsFirst = LayerTree.typeOf(entry.getKey()).matches("RNN|GRU|LSTM");
              shape[stepsFirst ? 1 : 0] = 0;
              Tensor x = Tensor.zeros(DType.FLOAT32, shape);
              return dynamicTest(
                  LayerTree.typeOf(entry.getKey()),
                  () -> assertEquals(0, entry.getKey().forward(x).size()));
            });
  }
}
