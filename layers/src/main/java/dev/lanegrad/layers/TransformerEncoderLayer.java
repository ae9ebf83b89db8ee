package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention and a small network for each step, each with a skip connection and layer
 * normalisation: x = norm1(x + attention(x)), then x = norm2(x + linear2(activation(linear1(x)))).
 * Where the norm comes first, x = x + attention(norm1(x)), and the network likewise. Dropout acts
 * on the shares of attention, after the activation, and on both sums.
 *
 * <p>Shapes: {@code [n, steps, features]} gives the same; the batch comes first, unlike PyTorch's
 * default.
 *
 * <p>Source: Vaswani et al., "Attention is all you need", 2017, <a
 * href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762</a>.
 *
 * @param attention of steps to each other
 * @param linear1 from the features to the width of the network
 * @param activation between the two
 * @param linear2 back to the features
 * @param norm1 of the attention
 * @param norm2 of the network
 * @param dropout after the activation
 * @param dropout1 after the attention
 * @param dropout2 after the network
 * @param normFirst whether a norm comes before its block, not after the sum
 */
public record TransformerEncoderLayer(
    MultiheadAttention attention,
    Linear linear1,
    Layer activation,
    Linear linear2,
    LayerNorm norm1,
    LayerNorm norm2,
    Dropout dropout,
    Dropout dropout1,
    Dropout dropout2,
    boolean normFirst)
    implements Layer {
  private static final double DROPOUT = 0.1;

  /**
   * A layer of given parts.
   *
   * @throws ShapeException if they do not fit
   */
  public TransformerEncoderLayer {
    Require.present("transformerEncoderLayer", "attention", attention);
    Require.present("transformerEncoderLayer", "linear1", linear1);
    Require.present("transformerEncoderLayer", "activation", activation);
    Require.present("transformerEncoderLayer", "linear2", linear2);
    Require.present("transformerEncoderLayer", "norm1", norm1);
    Require.present("transformerEncoderLayer", "norm2", norm2);
    Require.present("transformerEncoderLayer", "dropout", dropout);
    Require.present("transformerEncoderLayer", "dropout1", dropout1);
    Require.present("transformerEncoderLayer", "dropout2", dropout2);
    int features = attention.features();
    Shape each = Shape.of(features);
    boolean fits =
        linear1.in() == features
            && linear2.in() == linear1.out()
            && linear2.out() == features
            && norm1.normalized().equals(each)
            && norm2.normalized().equals(each);
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "transformerEncoderLayer: attention to %d features does not fit %s, %s, %s and %s",
              features,
              linear1,
              linear2,
              norm1,
              norm2));
    }
  }

  /** A float32 layer with ReLU and PyTorch's dropout rate of 0.1. */
  public TransformerEncoderLayer(int features, int heads, int width, RandomGenerator random) {
    this(features, heads, width, DROPOUT, DType.FLOAT32, random);
  }

  /** A layer with ReLU and the norms after the sums. */
  public TransformerEncoderLayer(
      int features, int heads, int width, double dropout, DType dtype, RandomGenerator random) {
    this(
        new MultiheadAttention(features, heads, dropout, dtype, random),
        new Linear(features, width, dtype, random),
        new ReLU(),
        new Linear(width, features, dtype, random),
        new LayerNorm(dtype, features),
        new LayerNorm(dtype, features),
        new Dropout(dropout, random),
        new Dropout(dropout, random),
        new Dropout(dropout, random),
        false);
  }

  /** The same layer with another activation, such as {@link GELU}. */
  public TransformerEncoderLayer activation(Layer other) {
    Require.present("transformerEncoderLayer", "other", other);
    return new TransformerEncoderLayer(
        attention, linear1, other, linear2, norm1, norm2, dropout, dropout1, dropout2, normFirst);
  }

  /** The same layer with each norm before its block, which trains without a warm-up. */
  public TransformerEncoderLayer withNormFirst() {
    return new TransformerEncoderLayer(
        attention, linear1, activation, linear2, norm1, norm2, dropout, dropout1, dropout2, true);
  }

  /** The same layer where a step attends to itself and to those before it only. */
  public TransformerEncoderLayer causal() {
    return new TransformerEncoderLayer(
        attention.causal(),
        linear1,
        activation,
        linear2,
        norm1,
        norm2,
        dropout,
        dropout1,
        dropout2,
        normFirst);
  }

  @Override
  public Tensor forward(Tensor x) {
    return forward(x, null, null);
  }

  /** The output with masks, which are those of {@link MultiheadAttention#attend}. */
  public Tensor forward(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    Require.present("transformerEncoderLayer", "x", x);
    if (normFirst) {
      Tensor y = x.add(attended(norm1.apply(x), mask, padding));
      return y.add(network(norm2.apply(y)));
    }
    Tensor y = norm1.apply(x.add(attended(x, mask, padding)));
    return norm2.apply(y.add(network(y)));
  }

  private Tensor attended(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    boolean plain = mask == null && padding == null;
    return dropout1.apply(
        plain ? attention.apply(x) : attention.attend(x, x, x, mask, padding).output());
  }

  private Tensor network(Tensor x) {
    Tensor wide = dropout.apply(activation.apply(linear1.apply(x)));
    return dropout2.apply(linear2.apply(wide));
  }

  @Override
  public List<Child> children() {
    return List.of(
        new Child("self_attn", attention),
        new Child("linear1", linear1),
        new Child("activation", activation),
        new Child("dropout", dropout),
        new Child("linear2", linear2),
        new Child("norm1", norm1),
        new Child("norm2", norm2),
        new Child("dropout1", dropout1),
        new Child("dropout2", dropout2));
  }

  @Override
  public String toString() {
    return tree();
  }
}
