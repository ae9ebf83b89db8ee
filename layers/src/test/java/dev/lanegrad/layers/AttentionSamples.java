package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Attention against loops over batch, head, target and source. */
final class AttentionSamples {
  private static final DType F64 = DType.FLOAT64;
  private static final Tensor MASK =
      Tensor.ofBooleans(
          Shape.of(3, 3), false, true, false, false, false, true, false, false, false);
  private static final Tensor PADDING =
      Tensor.ofBooleans(Shape.of(2, 3), false, false, true, false, false, false);

  static final List<LayerSample<?>> ALL =
      List.of(
          LayerSample.of(
              r -> new MultiheadAttention(4, 2, 0, F64, r),
              normal(2, 3, 4),
              (l, x) -> attention(l, "", 0, x[0], x[0], 3, 3, i -> false)),
          LayerSample.of(
                  r -> new MultiheadAttention(4, 2, 0.3, F64, r).causal(),
                  normal(2, 3, 4),
                  (l, x) -> attention(l, "", 0.3, x[0], x[0], 3, 3, i -> i % 3 > i / 3 % 3))
              .named("causal with dropout"),
          LayerSample.of(
                  r -> new MultiheadAttention(4, 2, 0, F64, r),
                  normal(2, 3, 4),
                  (l, x) -> attention(l, "", 0, x[0], x[1], 3, 5, i -> false))
              .named("of two sequences")
              .running(
                  (l, in) -> l.attend(in.get(0), in.get(1), in.get(1), null, null).output(),
                  normal(2, 5, 4)),
          LayerSample.of(
                  r -> new MultiheadAttention(4, 1, 0, F64, r),
                  normal(2, 3, 4),
                  (l, x) -> attention(l, "", 0, x[0], x[0], 3, 3, AttentionSamples::isMasked))
              .named("with masks")
              .running(
                  (l, in) -> l.attend(in.get(0), in.get(0), in.get(0), MASK, PADDING).output()),
          LayerSample.of(
              r -> new TransformerEncoderLayer(4, 2, 6, 0.2, F64, r),
              normal(2, 3, 4),
              (l, x) -> encoder(l, 0.2, x[0], Math::max)),
          LayerSample.of(
                  r ->
                      new TransformerEncoderLayer(4, 2, 5, 0, F64, r)
                          .withNormFirst()
                          .causal()
                          .activation(new Softplus()),
                  normal(2, 3, 4),
                  (l, x) -> encoder(l, 0, x[0], (a, b) -> Math.log1p(Math.exp(a))))
              .named("with the norm first"),
          LayerSample.of(
              r -> new PositionalEncoding(5, 3, F64), normal(2, 4, 3), (l, x) -> waves(x[0], 4, 3)),
          LayerSample.of(
              r -> new LearnedPositionalEncoding(4, 3, F64, r),
              normal(2, 4, 3),
              (l, x) -> repeated(numbers(l.weight()), x[0])));

  private AttentionSamples() {}

  /** Masks of [n, targets, sources] flattened; true leaves a source out. */
  private static boolean isMasked(int i) {
    return MASK.toBooleanArray()[i % 9] || PADDING.toBooleanArray()[i / 9 * 3 + i % 3];
  }

  private static double[] attention(
      MultiheadAttention layer,
      String prefix,
      double rate,
      double[] query,
      double[] source,
      int targets,
      int sources,
      IntPredicate masked) {
    int features = 4;
    Map<String, Parameter> all = layer.namedParameters();
    double[] weight = numbers(all.get(prefix + "in_proj_weight"));
    double[] bias = numbers(all.get(prefix + "in_proj_bias"));
    int heads = layer.heads();
    double[][] projected = new double[3][];
    for (int p = 0; p < 3; p++) {
      projected[p] =
          LinearSamples.linear(
              Arrays.copyOfRange(weight, p * 16, (p + 1) * 16),
              Arrays.copyOfRange(bias, p * features, (p + 1) * features),
              p == 0 ? query : source);
    }
    int n = query.length / targets / features;
    int size = features / heads;
    double[] kept = dropout(layer, rate, n * heads * targets * sources);
    double[] mixed = new double[n * targets * features];
    for (int row = 0; row < n * heads * targets; row++) {
      int t = row % targets;
      int head = row / targets % heads;
      int example = row / targets / heads;
      double[] scores = new double[sources];
      for (int s = 0; s < sources; s++) {
        for (int f = head * size; f < (head + 1) * size; f++) {
          scores[s] +=
              projected[0][(example * targets + t) * features + f]
                  * projected[1][(example * sources + s) * features + f]
                  / Math.sqrt(size);
        }
        if (masked.test((example * targets + t) * sources + s)) {
          scores[s] = Double.NEGATIVE_INFINITY;
        }
      }
      double[] shares = ActivationSamples.softmax(scores, sources);
      for (int s = 0; s < sources; s++) {
        for (int f = head * size; f < (head + 1) * size; f++) {
          mixed[(example * targets + t) * features + f] +=
              shares[s]
                  * kept[row * sources + s]
                  * projected[2][(example * sources + s) * features + f];
        }
      }
    }
    return LinearSamples.linear(
        numbers(all.get(prefix + "out_proj.weight")),
        numbers(all.get(prefix + "out_proj.bias")),
        mixed);
  }

  /** 1 / (1 - rate) where the layer's key keeps an element, else 0. */
  private static double[] dropout(Layer layer, double rate, int count) {
    Layer dropout =
        layer instanceof Dropout
            ? layer
            : layer.children().stream()
                .filter(child -> child.name().equals("dropout"))
                .findFirst()
                .orElseThrow()
                .layer();
    double[] factors = new double[count];
    Arrays.fill(factors, 1);
    if (rate > 0 && dropout.mode().isTraining()) {
      double[] state = numbers(dropout.ownBuffers().getFirst());
      RandomKey key = new RandomKey((long) state[0], (long) state[1]);
      double[] uniform = key.uniform(F64, count).toDoubleArray();
      Arrays.setAll(factors, i -> uniform[i] >= rate ? 1 / (1 - rate) : 0);
    }
    return factors;
  }

  private interface Function {
    double of(double a, double zero);
  }

  private static double[] encoder(
      TransformerEncoderLayer l, double rate, double[] x, Function activation) {
    IntPredicate masked = l.normFirst() ? i -> i % 3 > i / 3 % 3 : i -> false;
    double[] attended = l.normFirst() ? norm(l.norm1(), x) : x;
    double[] y =
        LinearSamples.sum(
            x,
            times(
                attention(l.attention(), "", rate, attended, attended, 3, 3, masked),
                dropout(l.dropout1(), rate, x.length)));
    y = l.normFirst() ? y : norm(l.norm1(), y);
    double[] wide = LinearSamples.linear(l.linear1(), l.normFirst() ? norm(l.norm2(), y) : y);
    wide = Arrays.stream(wide).map(v -> activation.of(v, 0)).toArray();
    wide = times(wide, dropout(l.dropout(), rate, wide.length));
    double[] narrow =
        times(LinearSamples.linear(l.linear2(), wide), dropout(l.dropout2(), rate, x.length));
    y = LinearSamples.sum(y, narrow);
    return l.normFirst() ? y : norm(l.norm2(), y);
  }

  private static double[] times(double[] a, double[] b) {
    double[] y = new double[a.length];
    Arrays.setAll(y, i -> a[i] * b[i]);
    return y;
  }

  private static double[] norm(LayerNorm layer, double[] x) {
    int length = layer.normalized().size();
    double[] y = new double[x.length];
    for (int start = 0; start < x.length; start += length) {
      double[] row = Arrays.copyOfRange(x, start, start + length);
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < length; i++) {
        y[start + i] =
            (row[i] - mean) / Math.sqrt(variance + 1e-5) * numbers(layer.weight())[i]
                + numbers(layer.bias())[i];
      }
    }
    return y;
  }

  private static double[] waves(double[] x, int steps, int features) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int f = i % features;
      int t = i / features % steps;
      double angle = t / Math.pow(10_000, (f - f % 2) / (double) features);
      y[i] = x[i] + (f % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
    }
    return y;
  }

  private static double[] repeated(double[] table, double[] x) {
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> x[i] + table[i % table.length]);
    return y;
  }
}
