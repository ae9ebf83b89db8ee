package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.layers.GRU;
import dev.lanegrad.layers.LSTM;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.MultiheadAttention;
import dev.lanegrad.layers.RNN;
import dev.lanegrad.layers.RecurrentOptions;
import dev.lanegrad.layers.TransformerEncoderLayer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Layers over sequences, here and in TorchScript, where {@code x} is the input, {@code w0}, {@code
 * w1} and so on are the parameters, and the result is {@code y}.
 */
enum SequenceCase {
  LSTM_64("LSTM of 64", recurrent(64), r -> new LSTM(64, 64, r), recurrence("lstm", 64, 1, false)),
  LSTM_128(
      "LSTM of 128", recurrent(128), r -> new LSTM(128, 128, r), recurrence("lstm", 128, 1, false)),
  LSTM_BOTH_DIRECTIONS(
      "LSTM, both directions",
      recurrent(64),
      r -> new LSTM(64, 64, RecurrentOptions.DEFAULTS.withBothDirections(), r),
      recurrence("lstm", 64, 1, true)),
  LSTM_STACKED(
      "LSTM, two layers",
      recurrent(64),
      r -> new LSTM(64, 64, RecurrentOptions.DEFAULTS.withLayers(2), r),
      recurrence("lstm", 64, 2, false)),
  GRU_128(
      "GRU of 128", recurrent(128), r -> new GRU(128, 128, r), recurrence("gru", 128, 1, false)),
  RNN_128(
      "RNN of 128",
      recurrent(128),
      r -> new RNN(128, 128, r),
      recurrence("rnn_tanh", 128, 1, false)),
  ATTENTION(
      "attention of 8 heads",
      List.of(16, 128, 64),
      r -> new MultiheadAttention(64, 8, r),
      attention("None, 0., False")),
  CAUSAL_ATTENTION(
      "attention, causal",
      List.of(16, 128, 64),
      r -> new MultiheadAttention(64, 8, r).causal(),
      attention("None, 0., True")),
  ENCODER_LAYER(
      "attention in an encoder layer",
      List.of(16, 128, 64),
      r -> new TransformerEncoderLayer(64, 8, 256, 0, DType.FLOAT32, r),
      attention("None, 0., False")
          + """
              z = torch.layer_norm(torch.add(x, y), [64], w8, w9)
              m = torch.linear(torch.relu(torch.linear(z, w4, w5)), w6, w7)
              y = torch.layer_norm(torch.add(z, m), [64], w10, w11)
          """);

  private static final int STEPS = 200;
  private static final int BATCH = 16;

  /** Makes a layer of which the first draws are the same each time. */
  private interface Maker {
    Layer make(RandomGenerator random);
  }

  private final String label;
  private final List<Integer> input;
  private final Maker maker;
  private final String script;

  SequenceCase(String label, List<Integer> input, Maker maker, String script) {
    this.label = label;
    this.input = input;
    this.maker = maker;
    this.script = script;
  }

  private static List<Integer> recurrent(int features) {
    return List.of(STEPS, BATCH, features);
  }

  /** The first of what {@code torch.lstm} and its like return. */
  private static String recurrence(String function, int hidden, int layers, boolean bothWays) {
    int count = layers * (bothWays ? 2 : 1);
    StringBuilder parameters = new StringBuilder("w0");
    for (int i = 1; i < 4 * count; i++) {
      parameters.append(", w").append(i);
    }
    return """
        h = torch.zeros([COUNT, BATCH, HIDDEN], dtype=x.dtype)
        y = torch.FUNCTION(x, STATE, [PARAMETERS], True, LAYERS, 0., True, BOTH, False)[0]
    """
        .replace("COUNT", String.valueOf(count))
        .replace("BATCH", String.valueOf(BATCH))
        .replace("HIDDEN", String.valueOf(hidden))
        .replace("FUNCTION", function)
        .replace("STATE", function.equals("lstm") ? "[h, h]" : "h")
        .replace("PARAMETERS", parameters)
        .replace("LAYERS", String.valueOf(layers))
        .replace("BOTH", bothWays ? "True" : "False");
  }

  /** As {@code torch.nn.MultiheadAttention} does it where nobody asks for the weights. */
  private static String attention(String options) {
    return """
        p = torch.reshape(torch.linear(x, w0, w1), [16, 128, 3, 8, 8])
        p = torch.permute(p, [2, 0, 3, 1, 4])
        q = torch.select(p, 0, 0)
        k = torch.select(p, 0, 1)
        v = torch.select(p, 0, 2)
        a = torch.scaled_dot_product_attention(q, k, v, OPTIONS)
        y = torch.linear(torch.reshape(torch.transpose(a, 1, 2), [16, 128, 64]), w2, w3)
    """
        .replace("OPTIONS", options);
  }

  List<Integer> input() {
    return input;
  }

  Layer layer() {
    return maker.make(new SplittableRandom(8));
  }

  String script() {
    return script;
  }

  /** In the table. */
  @Override
  public String toString() {
    return label;
  }
}
