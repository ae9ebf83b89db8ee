package dev.lanegrad.layers;

import static dev.lanegrad.layers.Refusal.weight;
import static dev.lanegrad.layers.Refusal.zeros;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs that a layer does not take. */
final class InputRefusals {
  static final List<Refusal> ALL = new ArrayList<>();

  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  static {
    forward("flatten: there are no dimensions from 1 to -1 in []", new Flatten());
    forward(
        "flatten: there are no dimensions from 2 to 3 in [4, 5, 6]", new Flatten(2, 3), 4, 5, 6);
    forward(
        "flatten: dimensions 1 to 2 of [0, 65536, 65536] have no product in an int",
        new Flatten(),
        0,
        65_536,
        65_536);
    forward(
        "unflatten: dimension 1 of [4, 5] has length 5 and cannot become [2, 3]",
        new Unflatten(1, 2, 3),
        4,
        5);
    forward("unflatten: axis 2 is out of range", new Unflatten(2, 2, 3), 4, 5);
    refused(PReLU.class, "prelu: takes slopes [channels], not []", () -> new PReLU(weight()));
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
        Embedding.class,
        "embedding: padding 5 is none of the 5 words (0 to 4)",
        () -> embedding.padding(5));
    refused(
        Embedding.class,
        "embedding: takes a weight [words, features], not [3]",
        () -> new Embedding(weight(3), -1));
    forward("batchNorm1d: takes [n, 3] or [n, 3, length], not [2, 4]", new BatchNorm1d(3), 2, 4);
    forward(
        "batchNorm1d: in training a channel needs more than one element: [1, 3]",
        new BatchNorm1d(3),
        1,
        3);
    forward("batchNorm2d: takes [n, 3, height, width], not [2, 3, 4]", new BatchNorm2d(3), 2, 3, 4);
    refused(
        BatchNorm1d.class,
        "batchNorm1d: eps must be finite and at least 0, not -1.0",
        () -> new BatchNorm1d(3).eps(-1));
    forward("layerNorm: takes a shape that ends in [3], not [2, 4]", new LayerNorm(3), 2, 4);
    forward("layerNorm: takes a shape that ends in [2, 3], not [3]", new LayerNorm(2, 3), 3);
    refused(
        LayerNorm.class,
        "layerNorm: takes a weight [3] and a bias of the same shape, not [2] and none",
        () -> new LayerNorm(zeros(3).shape(), weight(2), null, 0));
    forward("rmsNorm: takes a shape that ends in [3], not [2, 4]", new RMSNorm(3), 2, 4);
    forward("groupNorm: takes [n, 4, ..], not [2, 3]", new GroupNorm(2, 4), 2, 3);
    refused(
        GroupNorm.class,
        "groupNorm: 4 channels cannot be cut into 3 groups",
        () -> new GroupNorm(3, 4));
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
        "rnn: input and hidden size must be at least 1: 0 and 3",
        () -> new RNN(0, 3, RANDOM));
    refused(
        RecurrentOptions.class,
        "recurrent: at least one layer, not 0",
        () -> RecurrentOptions.DEFAULTS.withLayers(0));
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
        Conv2d.class,
        "conv2d: channels, groups and kernel",
        () -> new Conv2d(3, 4, 0, RANDOM));
    refused(
        Conv2d.class,
        "conv2d: takes a weight of rank 4 with at least one element, not [2, 3]",
        () -> new Conv2d(weight(2, 3), null, dev.lanegrad.autodiff.Window.UNIT, 1));
  }

  private InputRefusals() {}

  private static void refused(Class<?> type, String message, Runnable call) {
    ALL.add(new Refusal(type, message, call));
  }

  private static void forward(String message, Layer layer, int... shape) {
    ALL.add(Refusal.ofForward(message, layer, shape));
  }
}
