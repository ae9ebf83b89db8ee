package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.MatMul;
import dev.lanegrad.layers.AvgPool2d;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.BatchNorm2d;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.ConvTranspose2d;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Embedding;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GELU;
import dev.lanegrad.layers.GlobalAvgPool;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.LayerNorm;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.MaxPool1d;
import dev.lanegrad.layers.MaxPool2d;
import dev.lanegrad.layers.MultiheadAttention;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Softmax;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Layers, and what a user would write who calls the operations under them. */
enum LayerCase {
  LINEAR("Linear", LayerCase::rows, LayerCase::linear),
  LINEAR_RELU("Linear, ReLU in Sequential", LayerCase::rows, LayerCase::linearWithRelu),
  SEQUENTIAL_OF_3("Linear, ReLU, Linear in Sequential", LayerCase::rows, LayerCase::sequential),
  RESIDUAL("Residual of Linear", LayerCase::rows, LayerCase::residual),
  CONV1D("Conv1d", LayerCase::sequences, LayerCase::conv1d),
  CONV2D("Conv2d", LayerCase::images, LayerCase::conv2d),
  CONV2D_RELU("Conv2d, ReLU in Sequential", LayerCase::images, LayerCase::conv2dWithRelu),
  CONV_TRANSPOSE2D("ConvTranspose2d", LayerCase::images, LayerCase::convTranspose2d),
  MAX_POOL1D("MaxPool1d", LayerCase::sequences, new MaxPool1d(2), x -> Pooling.maxPool1d(x, 2)),
  MAX_POOL2D("MaxPool2d", LayerCase::images, new MaxPool2d(2), x -> Pooling.maxPool2d(x, 2)),
  AVG_POOL2D("AvgPool2d", LayerCase::images, new AvgPool2d(2), x -> Pooling.avgPool2d(x, 2)),
  GLOBAL_AVG_POOL("GlobalAvgPool", LayerCase::images, new GlobalAvgPool(), Pooling::globalAvgPool),
  BATCH_NORM1D("BatchNorm1d", LayerCase::rows, LayerCase::batchNorm1d),
  BATCH_NORM2D("BatchNorm2d", LayerCase::images, LayerCase::batchNorm2d),
  LAYER_NORM("LayerNorm", LayerCase::rows, LayerCase::layerNorm),
  DROPOUT("Dropout", LayerCase::rows, LayerCase::dropout),
  EMBEDDING("Embedding", LayerCase::indices, LayerCase::embedding),
  RELU("ReLU", LayerCase::rows, new ReLU(), Tensor::relu),
  GELU("GELU", LayerCase::rows, new GELU(), Tensor::gelu),
  SOFTMAX("Softmax", LayerCase::rows, new Softmax(-1), x -> x.softmax(-1)),
  FLATTEN("Flatten", LayerCase::images, LayerCase::flatten),
  ATTENTION("MultiheadAttention", LayerCase::steps, LayerCase::attention);

  private static final int BATCH = 4;
  private static final int FEATURES = 16;
  private static final int CHANNELS = 4;
  private static final int SIDE = 8;
  private static final int WORDS = 32;
  private static final int HEADS = 2;
  private static final int SAME = 1;
  private static final double RATE = 0.1;

  /** What {@code Dropout} keeps of a seed fits a float64. */
  private static final int SEED_SHIFT = 11;

  private static final Formula IDENTITY = Formula.input(0);
  private static final Formula POSITIVE = Formula.input(0).relu();

  /**
   * A layer in training, and the same by hand, with the same parameters.
   *
   * @param byHand what the layer computes
   */
  record Pair(Layer layer, UnaryOperator<Tensor> byHand) {}

  private final String label;
  private final Supplier<Tensor> input;
  private final Supplier<Pair> maker;

  LayerCase(String label, Supplier<Tensor> input, Supplier<Pair> maker) {
    this.label = label;
    this.input = input;
    this.maker = maker;
  }

  /** One without state. */
  LayerCase(String label, Supplier<Tensor> input, Layer layer, UnaryOperator<Tensor> byHand) {
    this(label, input, () -> new Pair(layer, byHand));
  }

  /** What it is called on. */
  Tensor input() {
    return input.get();
  }

  /** A new layer, equal each time. */
  Pair make() {
    return maker.get();
  }

  /** The name in the table. */
  @Override
  public String toString() {
    return label;
  }

  private static RandomGenerator random() {
    return new SplittableRandom(6);
  }

  private static Tensor normal(int... shape) {
    return Tensor.normal(random(), DType.FLOAT32, shape);
  }

  private static Tensor rows() {
    return normal(BATCH, FEATURES);
  }

  private static Tensor sequences() {
    return normal(BATCH, CHANNELS, FEATURES);
  }

  private static Tensor images() {
    return normal(BATCH, CHANNELS, SIDE, SIDE);
  }

  private static Tensor steps() {
    return normal(BATCH, SIDE, FEATURES);
  }

  private static Tensor indices() {
    return Tensor.ofInts(random().ints(BATCH, 0, WORDS).toArray());
  }

  /** The numbers of a parameter of a layer. */
  private static Tensor parameter(Layer layer, String path) {
    Parameter parameter = layer.namedParameters().get(path);
    if (parameter == null) {
      throw new IllegalArgumentException("%s has no parameter \"%s\"".formatted(layer, path));
    }
    return parameter.tensor();
  }

  private static Pair linear() {
    Layer layer = new Linear(FEATURES, FEATURES, random());
    Tensor weight = parameter(layer, "weight");
    Tensor bias = parameter(layer, "bias");
    return new Pair(layer, x -> MatMul.linear(x, weight, bias, IDENTITY));
  }

  private static Pair linearWithRelu() {
    Layer layer = new Sequential(new Linear(FEATURES, FEATURES, random()), new ReLU());
    Tensor weight = parameter(layer, "0.weight");
    Tensor bias = parameter(layer, "0.bias");
    return new Pair(layer, x -> MatMul.linear(x, weight, bias, POSITIVE));
  }

  private static Pair sequential() {
    RandomGenerator random = random();
    Layer layer =
        new Sequential(
            new Linear(FEATURES, FEATURES, random),
            new ReLU(),
            new Linear(FEATURES, FEATURES, random));
    Tensor weight = parameter(layer, "0.weight");
    Tensor bias = parameter(layer, "0.bias");
    Tensor weight2 = parameter(layer, "2.weight");
    Tensor bias2 = parameter(layer, "2.bias");
    return new Pair(
        layer,
        x -> MatMul.linear(MatMul.linear(x, weight, bias, POSITIVE), weight2, bias2, IDENTITY));
  }

  private static Pair residual() {
    Layer layer = new Residual(new Linear(FEATURES, FEATURES, random()));
    Tensor weight = parameter(layer, "block.weight");
    Tensor bias = parameter(layer, "block.bias");
    return new Pair(layer, x -> x.add(MatMul.linear(x, weight, bias, IDENTITY)));
  }

  private static Pair conv1d() {
    Layer layer = new Conv1d(CHANNELS, CHANNELS, 3, random()).padding(SAME);
    Tensor weight = parameter(layer, "weight");
    Tensor bias = parameter(layer, "bias");
    Window window = Window.UNIT.padding(SAME);
    return new Pair(layer, x -> Convolutions.conv1d(x, weight, bias, window));
  }

  private static Pair conv2d() {
    Layer layer = new Conv2d(CHANNELS, CHANNELS, 3, random()).padding(SAME);
    Tensor weight = parameter(layer, "weight");
    Tensor bias = parameter(layer, "bias");
    Window window = Window.UNIT.padding(SAME);
    return new Pair(layer, x -> Convolutions.conv2d(x, weight, bias, window));
  }

  private static Pair conv2dWithRelu() {
    Conv2d convolution = new Conv2d(CHANNELS, CHANNELS, 3, random()).padding(SAME);
    Tensor weight = parameter(convolution, "weight");
    Tensor bias = parameter(convolution, "bias");
    Window window = Window.UNIT.padding(SAME);
    return new Pair(
        new Sequential(convolution, new ReLU()),
        x -> Convolutions.conv(x, weight, bias, window, 1, POSITIVE));
  }

  private static Pair convTranspose2d() {
    Layer layer = new ConvTranspose2d(CHANNELS, CHANNELS, 3, random()).padding(SAME);
    Tensor weight = parameter(layer, "weight");
    Tensor bias = parameter(layer, "bias");
    Window window = Window.UNIT.padding(SAME);
    return new Pair(layer, x -> Convolutions.convTranspose2d(x, weight, bias, window));
  }

  private static Pair batchNorm1d() {
    return batchNorm(new BatchNorm1d(FEATURES), new int[] {0}, FEATURES);
  }

  private static Pair batchNorm2d() {
    return batchNorm(new BatchNorm2d(CHANNELS), new int[] {0, 2, 3}, CHANNELS, 1, 1);
  }

  private static Pair batchNorm(Layer layer, int[] axes, int... aligned) {
    NormByHand norm =
        new NormByHand(axes, aligned, parameter(layer, "weight"), parameter(layer, "bias"));
    Parameter mean = Parameter.buffer("mean", Tensor.zeros(DType.FLOAT32, aligned[0]));
    Parameter variance = Parameter.buffer("variance", Tensor.ones(DType.FLOAT32, aligned[0]));
    return new Pair(layer, x -> norm.apply(x, mean, variance));
  }

  private static Pair layerNorm() {
    Layer layer = new LayerNorm(FEATURES);
    NormByHand norm =
        new NormByHand(
            new int[] {1},
            new int[] {FEATURES},
            parameter(layer, "weight"),
            parameter(layer, "bias"));
    return new Pair(layer, norm::apply);
  }

  /** The seed as the layer draws it, and a counter in Java instead of a buffer. */
  private static Pair dropout() {
    long seed = random().nextLong() >>> SEED_SHIFT;
    AtomicLong count = new AtomicLong();
    return new Pair(
        new Dropout(RATE, random()),
        x -> {
          RandomKey key = new RandomKey(seed, count.getAndIncrement());
          return x.mul(key.dropoutMask(x.dtype(), RATE, x.shape()));
        });
  }

  private static Pair embedding() {
    Layer layer = new Embedding(WORDS, FEATURES, random());
    Tensor weight = parameter(layer, "weight");
    return new Pair(layer, x -> weight.indexSelect(0, x));
  }

  private static Pair flatten() {
    return new Pair(new Flatten(), x -> x.reshape(BATCH, CHANNELS * SIDE * SIDE));
  }

  private static Pair attention() {
    Layer layer = new MultiheadAttention(FEATURES, HEADS, random());
    return new Pair(
        layer,
        new AttentionByHand(
                HEADS,
                parameter(layer, "in_proj_weight"),
                parameter(layer, "in_proj_bias"),
                parameter(layer, "out_proj.weight"),
                parameter(layer, "out_proj.bias"))
            ::apply);
  }
}
