package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * A layer that can be made in both dtypes, with an input over which loops take several vectors and
 * a rest.
 */
record TypedLayer(String setting, BiFunction<DType, RandomGenerator, Layer> make, Tensor input) {
  private static final RecurrentOptions DEEP =
      RecurrentOptions.DEFAULTS.withLayers(2).withBothDirections().withDropout(0.3);

  static final List<TypedLayer> ALL =
      List.of(
          of((t, r) -> new ReLU(), 13, 41),
          of((t, r) -> new ReLU6(), 13, 41),
          of((t, r) -> new LeakyReLU(0.3), 13, 41),
          of((t, r) -> new ELU(), 13, 41),
          of((t, r) -> new CELU(2), 13, 41),
          of((t, r) -> new SELU(), 13, 41),
          of((t, r) -> new GELU(), 13, 41),
          of((t, r) -> new GELU(true), 13, 41).with("approximated"),
          of((t, r) -> new SiLU(), 13, 41),
          of((t, r) -> new Mish(), 13, 41),
          of((t, r) -> new Tanh(), 13, 41),
          of((t, r) -> new Sigmoid(), 13, 41),
          of((t, r) -> new LogSigmoid(), 13, 41),
          of((t, r) -> new Softplus(), 13, 41),
          of((t, r) -> new Softsign(), 13, 41),
          of((t, r) -> new Hardtanh(), 13, 41),
          of((t, r) -> new Hardsigmoid(), 13, 41),
          of((t, r) -> new Hardswish(), 13, 41),
          of((t, r) -> Activation.of("swish", x -> x.mul(x.sigmoid())), 13, 41),
          of((t, r) -> new Identity(), 13, 41),
          of((t, r) -> new Lambda("double", x -> x.mul(2)), 13, 41),
          of((t, r) -> new Softmax(-1), 13, 41),
          of((t, r) -> new LogSoftmax(-1), 13, 41),
          of((t, r) -> new PReLU(5, t), 3, 5, 37),
          of((t, r) -> new Linear(67, 33, t, r), 19, 67),
          of((t, r) -> new Linear(21, 9, t, r), 3, 5, 21).with("of a deeper batch"),
          of((t, r) -> new Bilinear(11, 11, 7, t, r), 5, 11),
          of(Tensor.ofInts(4, 0, 2, 2, 16, 9).reshape(2, 3), (t, r) -> new Embedding(17, 19, t, r)),
          of(
              (t, r) ->
                  new Sequential(
                      new Linear(21, 33, t, r), new ReLU(), new Linear(33, 10, t, r), new Tanh()),
              17,
              21),
          of((t, r) -> new Residual(new Linear(21, 21, t, r)), 17, 21),
          of((t, r) -> new Flatten(), 3, 5, 7),
          of((t, r) -> new Unflatten(1, 5, 7), 3, 35),
          of((t, r) -> new Conv1d(5, 9, 3, 1, t, r).padding(1), 3, 5, 37),
          of((t, r) -> new Conv2d(3, 9, new int[] {3, 3}, 1, t, r).padding(1), 2, 3, 17, 19),
          of((t, r) -> new Conv2d(8, 16, new int[] {3, 3}, 1, t, r).stride(2), 2, 8, 17, 19)
              .with("with strides"),
          of((t, r) -> new ConvTranspose1d(5, 9, 3, 1, t, r).stride(2), 3, 5, 17),
          of((t, r) -> new ConvTranspose2d(5, 3, new int[] {3, 3}, 1, t, r), 2, 5, 11, 13),
          of((t, r) -> new MaxPool1d(2), 3, 5, 37),
          of((t, r) -> new MaxPool2d(2), 2, 3, 17, 38),
          of((t, r) -> new AvgPool1d(2), 3, 5, 37),
          of((t, r) -> new AvgPool2d(2), 2, 3, 17, 38),
          of((t, r) -> new AdaptiveAvgPool1d(5), 3, 5, 37),
          of((t, r) -> new AdaptiveAvgPool2d(5), 2, 3, 17, 19),
          of((t, r) -> new GlobalAvgPool(), 2, 3, 17, 19),
          of((t, r) -> new GlobalMaxPool(), 2, 3, 17, 19),
          of((t, r) -> new BatchNorm1d(21, t), 17, 21),
          of((t, r) -> new BatchNorm2d(5, t), 3, 5, 11, 13),
          of((t, r) -> new LayerNorm(t, 67), 5, 67),
          of((t, r) -> new GroupNorm(2, 6, t), 3, 6, 37),
          of((t, r) -> new RMSNorm(t, 67), 5, 67),
          of((t, r) -> new Dropout(0.4, r), 19, 67),
          of((t, r) -> new Dropout2d(0.4, r), 5, 7, 3, 5),
          of((t, r) -> new RNN(9, 17, DEEP, t, r), 7, 5, 9),
          of((t, r) -> new GRU(9, 17, DEEP, t, r), 7, 5, 9),
          of((t, r) -> new LSTM(9, 17, DEEP, t, r), 7, 5, 9),
          of((t, r) -> new MultiheadAttention(32, 4, 0.2, t, r).causal(), 2, 9, 32),
          of((t, r) -> new TransformerEncoderLayer(32, 4, 48, 0.2, t, r), 2, 9, 32),
          of((t, r) -> new PositionalEncoding(11, 33, t), 2, 9, 33),
          of((t, r) -> new LearnedPositionalEncoding(11, 33, t, r), 2, 9, 33));

  private static TypedLayer of(BiFunction<DType, RandomGenerator, Layer> make, int... shape) {
    SplittableRandom random = new SplittableRandom(shape.length);
    return of(Tensor.normal(random, DType.FLOAT64, shape).mul(1.5), make);
  }

  private static TypedLayer of(Tensor input, BiFunction<DType, RandomGenerator, Layer> make) {
    return new TypedLayer("", make, input);
  }

  private TypedLayer with(String what) {
    return new TypedLayer(what, make, input);
  }

  /** The name of its row. */
  String name(Layer made) {
    return (made.getClass().getSimpleName() + " " + setting).strip();
  }

  /** A float32 layer. */
  Layer made() {
    return make.apply(DType.FLOAT32, new SplittableRandom(3));
  }
}
