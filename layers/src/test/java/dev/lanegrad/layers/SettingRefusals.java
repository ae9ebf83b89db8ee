package dev.lanegrad.layers;

import static dev.lanegrad.layers.Refusal.weight;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Settings that a layer cannot be made with. */
final class SettingRefusals {
  static final List<Refusal> ALL = new ArrayList<>();

  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static {
    refused(
        Linear.class,
        "linear: takes a weight [out, in] of lengths of at least 1, not [3, 0]",
        () -> new Linear(0, 3));
    refused(
        Linear.class,
        "linear: a weight [out, in] of [65536, 65536] has more than the 2,147,483,647 elements",
        () -> new Linear(65_536, 65_536));
    refused(
        Linear.class,
        "linear: parameters are float32 or float64, not int32",
        () -> new Linear(2, 3, DType.INT32, RANDOM));
    refused(
        Linear.class,
        "linear: weight and bias must have one dtype, not float32[3, 2] and float64[3]",
        () -> new Linear(weight(3, 2), bias64(3)));
    refused(
        Linear.class,
        "linear: takes a weight [out, in] of lengths of at least 1, not [-1, 3]",
        () -> Linear.withoutBias(3, -1, RANDOM));
    refused(
        Bilinear.class,
        "bilinear: takes a weight [out, in1, in2] of lengths of at least 1, not [1, 2, -3]",
        () -> new Bilinear(2, -3, 1, RANDOM));
    refused(
        Flatten.class,
        "flatten: the first dimension 3 must not come after the last 2",
        () -> new Flatten(3, 2));
    refused(
        Flatten.class,
        "flatten: the first dimension -1 must not come after the last -2",
        () -> new Flatten(-1, -2));
    forward("flatten: there are no dimensions from -1 to 0 in [2, 3]", new Flatten(-1, 0), 2, 3);
    refused(
        Unflatten.class,
        "unflatten: takes one length or more of at least 0, not []",
        () -> new Unflatten(1));
    refused(
        Unflatten.class,
        "unflatten: takes one length or more of at least 0, not [2, -1]",
        () -> new Unflatten(1, 2, -1));
    forward(
        "unflatten: dimension 0 of [0] has length 0 and cannot become [65536, 65536]",
        new Unflatten(0, 65_536, 65_536),
        0);
    refused(
        CELU.class, "celu: alpha divides and must not be 0; ReLU is its limit", () -> new CELU(0));
    refused(CELU.class, "celu: alpha must be finite, not NaN", () -> new CELU(Double.NaN));
    refused(ELU.class, "elu: alpha must be finite, not Infinity", () -> new ELU(INFINITY));
    refused(
        LeakyReLU.class,
        "leakyRelu: slope must be finite, not NaN",
        () -> new LeakyReLU(Double.NaN));
    refused(
        PReLU.class,
        "prelu: takes slopes [channels] of lengths of at least 1, not [0]",
        () -> new PReLU(0));
    forward("softmax: axis 2 is out of range", new Softmax(2), 2, 3);
    forward("logSoftmax: axis -3 is out of range", new LogSoftmax(-3), 2, 3);
    refused(Dropout.class, "dropout: rate 1.5 is not in [0, 1]", () -> new Dropout(1.5));
    refused(
        Dropout.class,
        "dropout: a key is float64[2], not float32[2]",
        () -> new Dropout(0.5, weight(2), new Mode()));
    refused(
        Dropout2d.class, "dropout2d: rate NaN is not in [0, 1]", () -> new Dropout2d(Double.NaN));
    refused(
        BatchNorm1d.class,
        "batchNorm1d: takes channels of lengths of at least 1, not [0]",
        () -> new BatchNorm1d(0));
    refused(
        BatchNorm1d.class,
        "batchNorm1d: momentum 1.1 is not in [0, 1]",
        () -> new BatchNorm1d(3).momentum(1.1));
    refused(
        BatchNorm2d.class,
        "batchNorm2d: takes channels of lengths of at least 1, not [-3]",
        () -> new BatchNorm2d(-3));
    refused(
        BatchNorm2d.class,
        "batchNorm2d: eps must be finite and at least 0, not Infinity",
        () -> new BatchNorm2d(3).eps(INFINITY));
    refused(
        RunningMoments.class,
        "running moments: take a mean [channels] and a variance [channels], not [2] and [3]",
        () -> new RunningMoments(weight(2), weight(3)));
    refused(
        LayerNorm.class,
        "layerNorm: takes dimensions to normalise of lengths of at least 1, not []",
        LayerNorm::new);
    refused(
        LayerNorm.class,
        "layerNorm: takes dimensions to normalise of lengths of at least 1, not [2, 0]",
        () -> new LayerNorm(2, 0));
    refused(
        RMSNorm.class,
        "rmsNorm: takes dimensions to normalise of lengths of at least 1, not []",
        RMSNorm::new);
    refused(
        RMSNorm.class,
        "rmsNorm: takes dimensions to normalise of lengths of at least 1, not []",
        () -> new RMSNorm(weight(), 0));
    refused(
        RMSNorm.class,
        "rmsNorm: eps must be finite and at least 0, not NaN",
        () -> new RMSNorm(3).eps(Double.NaN));
    refused(
        GroupNorm.class,
        "groupNorm: eps must be finite and at least 0, not -0.1",
        () -> new GroupNorm(1, 2).eps(-0.1));
    refused(
        GroupNorm.class,
        "groupNorm: takes channels of lengths of at least 1, not [-4]",
        () -> new GroupNorm(2, -4));
    refused(
        Embedding.class,
        "embedding: padding -1 is none of the 5 words (0 to 4)",
        () -> new Embedding(5, 2, RANDOM).padding(-1));
    refused(
        Embedding.class,
        "embedding: padding -2 is no row of [5, 2], and not -1 for none",
        () -> new Embedding(weight(5, 2), -2));
    refused(
        Embedding.class,
        "embedding: takes a weight [words, features] of lengths of at least 1, not [0, 2]",
        () -> new Embedding(0, 2, RANDOM));
    refused(
        PositionalEncoding.class,
        "positionalEncoding: takes a table [steps, features] of lengths of at least 1, not [-1, 2]",
        () -> new PositionalEncoding(-1, 2));
    refused(
        PositionalEncoding.class,
        "positionalEncoding: a table [steps, features] of [65536, 65536] has more than the",
        () -> new PositionalEncoding(65_536, 65_536));
    refused(
        PositionalEncoding.class,
        "positionalEncoding: parameters are float32 or float64, not int32",
        () -> new PositionalEncoding(Tensor.ofInts(1, 2).reshape(1, 2)));
    refused(
        LearnedPositionalEncoding.class,
        "learnedPositionalEncoding: takes a weight [steps, features] of lengths of at least 1, not",
        () -> new LearnedPositionalEncoding(3, 0, RANDOM));
    refused(
        MultiheadAttention.class,
        "attention: dropout rate -0.1 is not in [0, 1]",
        () -> new MultiheadAttention(4, 2, -0.1, DType.FLOAT32, RANDOM));
    refused(
        MultiheadAttention.class,
        "attention: weights [3, features, features] of [3, 1073741824, 1073741824] has more than",
        () -> new MultiheadAttention(1 << 30, 2, RANDOM));
    refused(
        TransformerEncoderLayer.class,
        "transformerEncoderLayer: attention to 4 features does not fit Linear[in=4, out=6],",
        () -> {
          TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, 6, RANDOM);
          new TransformerEncoderLayer(
              layer.attention(),
              layer.linear1(),
              layer.activation(),
              layer.linear1(),
              layer.norm1(),
              layer.norm2(),
              layer.dropout(),
              layer.dropout1(),
              layer.dropout2(),
              false);
        });
    refused(
        LSTM.class,
        "lstm: weights [gates, hidden, in] of [4, 1073741824, 1073741824] has more than",
        () -> new LSTM(3, 1 << 30, RANDOM));
    refused(
        GRU.class,
        "gru: parameters are float32 or float64, not bool",
        () -> new GRU(3, 2, RecurrentOptions.DEFAULTS, DType.BOOL, RANDOM));
  }

  private SettingRefusals() {}

  private static void refused(Class<?> type, String message, Runnable call) {
    ALL.add(new Refusal(type, message, call));
  }

  private static void forward(String message, Layer layer, int... shape) {
    ALL.add(Refusal.ofForward(message, layer, shape));
  }

  private static Parameter bias64(int... shape) {
    return Parameter.of("bias", Tensor.zeros(DType.FLOAT64, shape));
  }
}
