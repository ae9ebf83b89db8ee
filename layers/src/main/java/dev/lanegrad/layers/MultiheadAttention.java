package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Attention with several heads: softmax(q k^T / sqrt(features / heads) + mask) v for each head,
 * with queries, keys and values that are linear in the inputs, and one more linear layer on all
 * heads.
 *
 * <p>Shapes: {@code [n, steps, features]} gives the same; the batch comes first, unlike PyTorch's
 * default.
 *
 * <p>Source: Vaswani et al., "Attention is all you need", 2017, <a
 * href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762</a>.
 */
public final class MultiheadAttention implements Layer {
  /**
   * What attention gives.
   *
   * @param output {@code [n, targets, features]}
   * @param weights of each head, {@code [n, heads, targets, sources]}, before dropout
   */
  public record Output(Tensor output, Tensor weights) {}

  private final int heads;
  private final boolean causal;
  private final Parameter inWeight;
  private final Parameter inBias;
  private final Linear out;
  private final Dropout dropout;

  private MultiheadAttention(
      int heads,
      boolean causal,
      Parameter inWeight,
      Parameter inBias,
      Linear out,
      Dropout dropout) {
    this.heads = heads;
    this.causal = causal;
    this.inWeight = inWeight;
    this.inBias = inBias;
    this.out = out;
    this.dropout = dropout;
  }

  /** A float32 layer without dropout. */
  public MultiheadAttention(int features, int heads, RandomGenerator random) {
    this(features, heads, 0, DType.FLOAT32, random);
  }

  /**
   * A layer that begins as PyTorch's: Xavier-uniform weights of queries, keys and values, the
   * default of {@link Linear} for the output, biases of zero.
   *
   * @param dropout the rate of dropout on the weights of attention
   * @throws ShapeException if the features are no multiple of the heads
   * @throws DTypeException if the dtype is neither float32 nor float64
   * @throws IllegalArgumentException if the dropout is not from 0 to 1
   */
  public MultiheadAttention(
      int features, int heads, double dropout, DType dtype, RandomGenerator random) {
    if (heads < 1 || features < 1 || features % heads != 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "attention: %d features cannot be shared by %d heads", features, heads));
    }
    Require.lengths("attention", dtype, "weights [3, features, features]", 3, features, features);
    Require.part("attention", "dropout rate", dropout);
    this.heads = heads;
    this.causal = false;
    this.inWeight =
        Parameter.of(
            "in_proj_weight",
            Initializer.xavierUniform(1).create(random, dtype, 3 * features, features));
    this.inBias = Parameter.of("in_proj_bias", Tensor.zeros(dtype, 3 * features));
    this.out =
        new Linear(
            features,
            features,
            dtype,
            random,
            Initializer.kaimingUniform(Math.sqrt(5)),
            Initializer.zeros());
    this.dropout = new Dropout(dropout, random);
  }

  /** The same layer where a step attends to itself and to those before it only. */
  public MultiheadAttention causal() {
    return new MultiheadAttention(heads, true, inWeight, inBias, out, dropout);
  }

  /** The length of an input and an output. */
  public int features() {
    return out.in();
  }

  /** How many heads there are. */
  public int heads() {
    return heads;
  }

  /** Self-attention: a sequence asks itself. */
  @Override
  public Tensor forward(Tensor x) {
    return attend(Require.present("attention", "x", x), x, x, null, null).output();
  }

  /**
   * Attention of queries to keys. A target that may attend to nothing, because everything is masked
   * or has -infinity added, has weights of 0, and its output is the output's bias.
   *
   * @param query {@code [n, targets, features]}
   * @param key {@code [n, sources, features]}
   * @param value {@code [n, sources, features]}
   * @param mask true where a target must not attend to a source, {@code [targets, sources]} or
   *     {@code [n, targets, sources]}; or numbers that are added to the scores; null for none
   * @param padding true where a source counts for no target, {@code [n, sources]}; null for none
   * @throws ShapeException if shapes do not fit
   * @throws DTypeException if a mask is neither bool nor of the queries' dtype
   */
  public Output attend(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, @Nullable Tensor padding) {
    check(query, key, value);
    int n = query.shape().dim(0);
    int targets = query.shape().dim(1);
    int sources = key.shape().dim(1);
    List<Tensor> weights = inWeight.tensor().split(0, features());
    List<Tensor> biases = inBias.tensor().split(0, features());
    Tensor q = perHead(query, weights.get(0), biases.get(0));
    Tensor k = perHead(key, weights.get(1), biases.get(1));
    Tensor v = perHead(value, weights.get(2), biases.get(2));
    Tensor products = q.matmul(k.transpose());
    AttentionMasks masks = new AttentionMasks(Shape.of(n, targets, sources), products.dtype());
    if (causal) {
      masks.addCausal();
    }
    if (mask != null) {
      masks.addMask(mask);
    }
    if (padding != null) {
      masks.addPadding(padding);
    }
    Tensor shares = masks.softmax(products, 1 / Math.sqrt(features() / (double) heads));
    Tensor mixed = dropout.apply(shares).matmul(v).permute(0, 2, 1, 3);
    return new Output(out.apply(mixed.reshape(n, targets, features())), shares);
  }

  /** [n, steps, features] -> [n, heads, steps, features / heads]. */
  private Tensor perHead(Tensor x, Tensor weight, Tensor bias) {
    int n = x.shape().dim(0);
    int steps = x.shape().dim(1);
    Tensor rows = x.reshape(n * steps, features()).matmul(weight.transpose()).add(bias);
    return rows.reshape(n, steps, heads, features() / heads).permute(0, 2, 1, 3);
  }

  private void check(Tensor query, Tensor key, Tensor value) {
    boolean fits =
        query.rank() == 3
            && key.rank() == 3
            && query.shape().dim(2) == features()
            && key.shape().dim(2) == features()
            && query.shape().dim(0) == key.shape().dim(0)
            && key.shape().equals(value.shape());
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "attention: takes queries [n, targets, %d], and keys and values [n, sources, %d], not"
                  + " %s",
              features(),
              features(),
              Shape.join(List.of(query.shape(), key.shape(), value.shape()))));
    }
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(inWeight, inBias);
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("out_proj", out), new Child("dropout", dropout));
  }

  @Override
  public String toString() {
    return tree();
  }
}
