package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.loss.BCEWithLogitsLoss;
import dev.lanegrad.layers.loss.CosineEmbeddingLoss;
import dev.lanegrad.layers.loss.CrossEntropyLoss;
import dev.lanegrad.layers.loss.HingeLoss;
import dev.lanegrad.layers.loss.HuberLoss;
import dev.lanegrad.layers.loss.LossClasses;
import dev.lanegrad.layers.loss.LossReduction;
import dev.lanegrad.layers.loss.MultiMarginLoss;
import dev.lanegrad.layers.loss.NLLLoss;
import dev.lanegrad.layers.loss.PoissonNLLLoss;
import dev.lanegrad.layers.loss.SmoothL1Loss;
import dev.lanegrad.layers.loss.TripletMarginLoss;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What does not fit is refused by name, with all shapes. */
class RefusalsTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final List<Refusal> REFUSED = new ArrayList<>();

  /**
   * A call that is refused.
   *
   * @param type what is misused
   * @param message how the error begins
   */
  private record Refusal(Class<?> type, String message, Runnable call) {
    @Override
    public String toString() {
      return message;
    }
  }

  private static void refused(Class<?> type, String message, Runnable call) {
    REFUSED.add(new Refusal(type, message, call));
  }

  private static Tensor zeros(int... shape) {
    return Tensor.zeros(DType.FLOAT32, shape);
  }

  private static Parameter weight(int... shape) {
    return Parameter.of("weight", zeros(shape));
  }

  private static Parameter bias64(int... shape) {
    return Parameter.of("bias", Tensor.zeros(DType.FLOAT64, shape));
  }

  private static void forward(String message, Layer layer, int... shape) {
    refused(layer.getClass(), message, () -> layer.forward(zeros(shape)));
  }

  static {
    forward("flatten: there are no dimensions from 1 to -1 in []", new Flatten());
    forward(
        "flatten: there are no dimensions from 2 to 3 in [4, 5, 6]", new Flatten(2, 3), 4, 5, 6);
    forward(
        "unflatten: dimension 1 of [4, 5] has length 5 and cannot become [2, 3]",
        new Unflatten(1, 2, 3),
        4,
        5);
    forward("unflatten: axis 2 is out of range", new Unflatten(2, 2, 3), 4, 5);
    refused(
        PReLU.class, "prelu: takes slopes [channels], not []", () -> new PReLU(weight()));
    forward("prelu: takes [n, 3, ..], not [2, 4]", new PReLU(3), 2, 4);
    forward(
        "bilinear: takes [.., 2] and [.., 3], not [4, 2] and [4, 2]",
        new Bilinear(2, 3, 1, RANDOM),
        4,
        2);
    refused(
        Bilinear.class,
        "bilinear: takes a weight [out, in1, in2] and a bias [out], not [2, 3] and none",
        () -> new Bilinear(weight(2, 3), null));
    Embedding embedding = new Embedding(5, 2, RANDOM);
    forward("embedding: takes int32 indices, not float32[2]", embedding, 2);
    refused(
        Embedding.class,
        "embedding: index 5 is none of the 5 words (0 to 4)",
        () -> embedding.forward(Tensor.ofInts(0, 5)));
    refused(
        Embedding.class, "embedding: padding 5 is none of the 5 words (0 to 4)", () -> embedding.padding(5));
    refused(
        Embedding.class,
        "embedding: takes a weight [words, features], not [3]", () -> new Embedding(weight(3), -1));
    forward("batchNorm1d: takes [n, 3] or [n, 3, length], not [2, 4]", new BatchNorm1d(3), 2, 4);
    forward(
        "batchNorm1d: in training a channel needs more than one element: [1, 3]",
        new BatchNorm1d(3),
        1,
        3);
    forward("batchNorm2d: takes [n, 3, height, width], not [2, 3, 4]", new BatchNorm2d(3), 2, 3, 4);
    refused(
        BatchNorm1d.class, "batchNorm1d: eps must be finite and at least 0, not -1.0", () -> new BatchNorm1d(3).eps(-1));
    forward("layerNorm: takes a shape that ends in [3], not [2, 4]", new LayerNorm(3), 2, 4);
    forward("layerNorm: takes a shape that ends in [2, 3], not [3]", new LayerNorm(2, 3), 3);
    refused(
        LayerNorm.class,
        "layerNorm: takes a weight [3] and a bias of the same shape, not [2] and none",
        () -> new LayerNorm(zeros(3).shape(), weight(2), null, 0));
    forward("rmsNorm: takes a shape that ends in [3], not [2, 4]", new RMSNorm(3), 2, 4);
    forward("groupNorm: takes [n, 4, ..], not [2, 3]", new GroupNorm(2, 4), 2, 3);
    refused(
        GroupNorm.class, "groupNorm: 4 channels cannot be cut into 3 groups", () -> new GroupNorm(3, 4));
    forward(
        "dropout2d: takes [n, channels, height, width], not [2, 3]",
        new Dropout2d(0.5, RANDOM),
        2,
        3);
    GRU gru = new GRU(2, 3, RANDOM);
    forward("gru: takes [steps, n, 2] with at least one step, not [4, 5, 3]", gru, 4, 5, 3);
    forward("gru: takes [steps, n, 2] with at least one step, not [0, 5, 2]", gru, 0, 5, 2);
    forward(
        "lstm: takes [n, steps, 2] with at least one step, not [4, 2]",
        new LSTM(2, 3, RecurrentOptions.DEFAULTS.withBatchFirst(), RANDOM),
        4,
        2);
    refused(
        GRU.class,
        "gru: takes an initial state [1, 5, 3], not [5, 3]",
        () -> gru.run(zeros(4, 5, 2), zeros(5, 3)));
    refused(
        RNN.class,
        "rnn: input and hidden size must be at least 1: 0 and 3", () -> new RNN(0, 3, RANDOM));
    refused(
        RecurrentOptions.class,
        "recurrent: at least one layer, not 0", () -> RecurrentOptions.DEFAULTS.withLayers(0));
    refused(
        RecurrentOptions.class,
        "recurrent: dropout rate 2.0 is not in [0, 1]",
        () -> RecurrentOptions.DEFAULTS.withDropout(2));
    MultiheadAttention attention = new MultiheadAttention(4, 2, RANDOM);
    forward("attention: takes queries [n, targets, 4], and keys and values", attention, 2, 3, 5);
    refused(
        MultiheadAttention.class,
        "attention: a mask of shape [2, 2] does not fit scores [n, targets, sources] = [2, 3, 3]",
        () -> {
          Tensor x = zeros(2, 3, 4);
          attention.attend(x, x, x, zeros(2, 2), null);
        });
    refused(
        MultiheadAttention.class,
        "attention: a padding of shape [3, 1, 3] does not fit",
        () -> {
          Tensor x = zeros(2, 3, 4);
          attention.attend(x, x, x, null, zeros(3, 3));
        });
    refused(
        MultiheadAttention.class,
        "attention: 5 features cannot be shared by 2 heads",
        () -> new MultiheadAttention(5, 2, RANDOM));
    forward(
        "positionalEncoding: takes [.., steps, 4] with at most 3 steps, not [2, 5, 4]",
        new PositionalEncoding(3, 4),
        2,
        5,
        4);
    forward(
        "learnedPositionalEncoding: takes [.., steps, 4] with at most 3 steps, not [2, 2, 3]",
        new LearnedPositionalEncoding(3, 4, RANDOM),
        2,
        2,
        3);
    forward("conv1d: ", new Conv1d(2, 3, 3, RANDOM), 4, 3, 9);
    forward("conv2d: ", new Conv2d(2, 3, 3, RANDOM), 4, 2, 2, 9);
    forward("convTranspose1d: ", new ConvTranspose1d(2, 3, 3, RANDOM), 4, 3, 9);
    forward("convTranspose2d: ", new ConvTranspose2d(2, 3, 3, RANDOM), 4, 3, 9);
    forward("maxPool1d: ", new MaxPool1d(3), 4, 3, 2);
    forward("maxPool2d: ", new MaxPool2d(3), 4, 3, 2);
    forward("avgPool1d: ", new AvgPool1d(3), 4, 3, 2);
    forward("avgPool2d: ", new AvgPool2d(3), 4, 3, 2);
    forward("adaptiveAvgPool1d: ", new AdaptiveAvgPool1d(3), 4, 3);
    forward("adaptiveAvgPool2d: ", new AdaptiveAvgPool2d(3), 4, 3, 2);
    forward("globalAvgPool: ", new GlobalAvgPool(), 4, 3);
    forward("globalMaxPool: ", new GlobalMaxPool(), 4, 3);
    refused(
        Conv1d.class,
        "conv1d: 3 channels cannot be cut into 2 groups",
        () -> new Conv1d(3, 4, 3, 2, DType.FLOAT32, RANDOM));
    refused(
        Conv2d.class, "convolution: channels, groups and kernel", () -> new Conv2d(3, 4, 0, RANDOM));
    refused(
        Conv2d.class,
        "conv2d: takes a weight of rank 4 and a bias [2], not [2, 3] and none",
        () -> new Conv2d(weight(2, 3), null, dev.lanegrad.autodiff.Window.UNIT, 1));
    refusedSettings();
    refusedInitializers();
    refusedLosses();
  }

  private static void refusedSettings() {
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
        LeakyReLU.class, "leakyRelu: slope must be finite, not NaN", () -> new LeakyReLU(Double.NaN));
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
    refused(Dropout2d.class, "dropout2d: rate NaN is not in [0, 1]", () -> new Dropout2d(Double.NaN));
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

  private static void refusedInitializers() {
    initializer("truncatedNormal: needs a finite mean,", () -> Initializer.truncatedNormal(0, 1, 2, 2));
    initializer(
        "truncatedNormal: needs a finite mean, a finite deviation > 0 and low < high, not NaN, 1.0",
        () -> Initializer.truncatedNormal(Double.NaN, 1, 0, 2));
    initializer(
        "truncatedNormal: needs a finite mean,",
        () -> Initializer.truncatedNormal(0, INFINITY, 0, 2));
    initializer(
        "truncatedNormal: needs a finite mean,",
        () -> Initializer.truncatedNormal(0, 1, 0, Double.NaN));
    initializer("uniform: needs finite low <= high, not [1.0, 0.0]", () -> Initializer.uniform(1, 0));
    initializer(
        "uniform: needs finite low <= high, not [0.0, Infinity]",
        () -> Initializer.uniform(0, INFINITY));
    initializer(
        "normal: deviation must be finite and at least 0, not -1.0", () -> Initializer.normal(0, -1));
    initializer("normal: mean must be finite, not NaN", () -> Initializer.normal(Double.NaN, 1));
    initializer("constant: value must be finite, not NaN", () -> Initializer.constant(Double.NaN));
    initializer(
        "kaimingUniform: slope must be finite, not NaN",
        () -> Initializer.kaimingUniform(Double.NaN));
    initializer(
        "kaimingUniform: gain must be finite and at least 0, not -1.0",
        () -> Initializer.kaimingUniform(-1, Fan.IN));
    initializer(
        "kaimingNormal: slope must be finite, not Infinity",
        () -> Initializer.kaimingNormal(INFINITY));
    initializer(
        "kaimingNormal: gain must be finite and at least 0, not NaN",
        () -> Initializer.kaimingNormal(Double.NaN, Fan.OUT));
    initializer(
        "xavierUniform: gain must be finite and at least 0, not -2.0",
        () -> Initializer.xavierUniform(-2));
    initializer(
        "xavierNormal: gain must be finite and at least 0, not NaN",
        () -> Initializer.xavierNormal(Double.NaN));
    initializer("orthogonal: gain must be finite, not NaN", () -> Initializer.orthogonal(Double.NaN));
    for (int[] shape : new int[][] {{3, -1}, {3, 2, 0}, {0, 2}}) {
      initializer(
          "orthogonal: takes a weight [out, in, ..] of lengths of at least 1, not "
              + Arrays.toString(shape),
          () -> Initializer.orthogonal(1).create(RANDOM, DType.FLOAT32, shape));
    }
    initializer(
        "orthogonal: a weight [out, in, ..] of [65536, 65536, 2] has more than the 2,147,483,647",
        () -> Initializer.orthogonal(1).create(RANDOM, DType.FLOAT32, 65_536, 65_536, 2));
    initializer(
        "initializer: only a weight [out, in, ..] has a fan, not shape [3, -1]",
        () -> Initializer.kaimingUniform(0).create(RANDOM, DType.FLOAT32, 3, -1));
    initializer(
        "initializer: the fan of shape [0, 65536, 65536] is more than 2,147,483,647",
        () -> Initializer.xavierNormal(1).create(RANDOM, DType.FLOAT32, 0, 65_536, 65_536));
  }

  private static void initializer(String message, Runnable call) {
    refused(Initializer.class, message, call);
  }

  private static void refusedLosses() {
    refused(
        HuberLoss.class, "huber: delta must be finite and more than 0", () -> new HuberLoss().delta(0));
    refused(
        HuberLoss.class,
        "huber: delta must be finite and more than 0, not Infinity (where it is infinite",
        () -> Losses.huber(zeros(2), zeros(2), INFINITY));
    refused(
        SmoothL1Loss.class,
        "smoothL1: beta must be finite and at least 0, not -1.0",
        () -> Losses.smoothL1(zeros(2), zeros(2), -1));
    refused(
        BCEWithLogitsLoss.class,
        "binaryCrossEntropyWithLogits: the weight of positive targets must be finite and at least 0",
        () -> new BCEWithLogitsLoss().positiveWeight(-1));
    refused(
        HingeLoss.class,
        "hinge: margin must be finite and at least 0, not NaN",
        () -> new HingeLoss().margin(Double.NaN));
    refused(
        PoissonNLLLoss.class,
        "poissonNll: eps must be finite and at least 0, not -1.0E-8",
        () -> new PoissonNLLLoss(false, false, -1e-8, LossReduction.MEAN));
    refused(
        MultiMarginLoss.class,
        "multiMargin: power must be 1 or 2, not 3",
        () -> new MultiMarginLoss().power(3));
    refused(
        MultiMarginLoss.class,
        "multiMargin: margin must be finite and at least 0, not -1.0",
        () -> new MultiMarginLoss().margin(-1));
    refused(
        MultiMarginLoss.class,
        "multiMargin: takes weights [classes], not float32[2, 2]",
        () -> new MultiMarginLoss().weights(zeros(2, 2)));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: label smoothing NaN is not in [0, 1]",
        () -> new CrossEntropyLoss().labelSmoothing(Double.NaN));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: each weight must be finite and at least 0, not -1.0",
        () -> new CrossEntropyLoss().weights(Tensor.of(1.0, -1.0)));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: ignoreLabel 1 is for int32 labels, not for probabilities float32[2, 3]",
        () -> new CrossEntropyLoss().ignoreLabel(1).of(zeros(2, 3), zeros(2, 3)));
    refused(
        NLLLoss.class,
        "negativeLogLikelihood: each weight must be finite and at least 0, not NaN",
        () -> new NLLLoss().weights(Tensor.of(Double.NaN)));
    refused(
        CosineEmbeddingLoss.class,
        "cosineEmbedding: the margin is a cosine from -1 to 1, not 1.5",
        () -> new CosineEmbeddingLoss().margin(1.5));
    refused(
        CosineEmbeddingLoss.class,
        "cosineEmbedding: targets must be 1 or -1, not 0.0 as at [0] of float32[2]",
        () -> Losses.cosineEmbedding(zeros(2, 3), zeros(2, 3), Tensor.ofInts(0, 1)));
    refused(
        TripletMarginLoss.class,
        "tripletMargin: margin must be finite and at least 0, not -1.0",
        () -> new TripletMarginLoss().margin(-1));
    refused(
        TripletMarginLoss.class,
        "tripletMargin: the order of the norm must be more than 0, not 0.0",
        () -> new TripletMarginLoss().norm(0));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return REFUSED.stream().map(row -> dynamicTest(row.toString(), () -> check(row)));
  }

  private static void check(Refusal row) {
    RuntimeException error = assertThrows(RuntimeException.class, row.call()::run);
    assertTrue(
        error instanceof LanegradException || error instanceof IllegalArgumentException,
        error::toString);
    assertTrue(error.getMessage().startsWith(row.message()), error::getMessage);
  }

  /** A new layer, loss or initialiser that takes settings needs a row by virtue of existing. */
  @Test
  void whateverTakesSettingsRefusesSome() {
    Set<Class<?>> missing = new LinkedHashSet<>(LayerClasses.all());
    missing.addAll(LossClasses.all());
    missing.removeIf(type -> !BadSettingsTest.takesSettings(type));
    assertTrue(missing.containsAll(Set.of(Linear.class, HuberLoss.class)), missing::toString);
    REFUSED.forEach(row -> missing.remove(row.type()));
    assertEquals(Set.of(), missing, "without a row");
    Set<String> initializers = new TreeSet<>();
    for (Method method : Initializer.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) && method.getParameterCount() > 0) {
        initializers.add(method.getName());
      }
    }
    for (Refusal row : REFUSED) {
      initializers.removeIf(name -> row.message().startsWith(name + ": "));
    }
    assertEquals(Set.of(), initializers, "initialisers without a row");
  }
}
