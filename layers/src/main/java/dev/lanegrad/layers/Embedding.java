package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A vector for each word of a vocabulary: row i of the weight for index i.
 *
 * <p>Shapes: int32 {@code [..] -> [.., features]}.
 *
 * @param weight of shape [words, features]
 * @param padding an index whose row gets no gradient, such as that of a word that fills up short
 *     sentences; -1 for none
 */
public record Embedding(Parameter weight, int padding) implements Layer {
  private static final int NO_PADDING = -1;

  /**
   * A layer of a given weight.
   *
   * @throws ShapeException if the weight is no matrix, or has no row for the padding
   */
  public Embedding {
    if (weight.shape().rank() != 2 || weight.size() == 0) {
      throw new ShapeException(
          "embedding: takes a weight [words, features], not " + weight.shape());
    }
    if (padding < NO_PADDING || padding >= weight.shape().dim(0)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "embedding: padding %d is no row of %s, and not -1 for none",
              padding,
              weight.shape()));
    }
  }

  /** A float32 layer. */
  public Embedding(int words, int features, RandomGenerator random) {
    this(words, features, DType.FLOAT32, random);
  }

  /**
   * A layer whose weight comes from the standard normal distribution.
   *
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public Embedding(int words, int features, DType dtype, RandomGenerator random) {
    this(
        Parameter.of(
            "weight",
            Initializer.normal(0, 1)
                .create(
                    random,
                    dtype,
                    Require.lengths(
                        "embedding", dtype, "a weight [words, features]", words, features))),
        NO_PADDING);
  }

  /**
   * The same layer with the row of an index set to zeros, where it stays.
   *
   * @throws ShapeException if the index is not a word
   */
  public Embedding padding(int index) {
    int words = weight.shape().dim(0);
    if (index < 0 || index >= words) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "embedding: padding %d is none of the %d words (0 to %d)",
              index,
              words,
              words - 1));
    }
    boolean[] zero = new boolean[words];
    zero[index] = true;
    Tensor rows = weight.tensor().detach();
    Tensor mask = Tensor.ofBooleans(Shape.of(words, 1), zero);
    weight.assign(mask.where(Tensor.scalar(weight.dtype(), 0), rows));
    return new Embedding(weight, index);
  }

  /**
   * The rows that indices name.
   *
   * @throws DTypeException if the indices are not int32
   * @throws ShapeException if an index is not a word
   */
  @Override
  public Tensor forward(Tensor indices) {
    if (indices.dtype() != DType.INT32) {
      throw new DTypeException(
          "embedding: takes int32 indices, not %s%s: cast(DType.INT32), or summary(DType.INT32, ..)"
              .formatted(indices.dtype(), indices.shape()));
    }
    new WordRange(weight.shape().dim(0)).apply(List.of(indices));
    Tensor flat = indices.flatten();
    Tensor rows = weight.tensor().indexSelect(0, flat);
    if (padding >= 0) {
      rows = flat.equal(padding).unsqueeze(1).where(rows.detach(), rows);
    }
    int[] dims = Arrays.copyOf(indices.shape().toArray(), indices.rank() + 1);
    dims[indices.rank()] = weight.shape().dim(1);
    return rows.reshape(dims);
  }

  /** A check as an operation: it is made whenever the indices' numbers are there. */
  private record WordRange(int words) implements Op {
    @Override
    public String name() {
      return "embedding";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of();
    }

    @Override
    public List<Tensor> forward(Call call) {
      for (int index : call.input(0).toIntArray()) {
        if (index < 0 || index >= words) {
          throw new ShapeException(
              String.format(
                  Locale.ROOT,
                  "embedding: index %d is none of the %d words (0 to %d)",
                  index,
                  words,
                  words - 1));
        }
      }
      return List.of();
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      return Collections.singletonList(null);
    }
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Embedding[words=%d, features=%d]",
        weight.shape().dim(0),
        weight.shape().dim(1));
  }
}
