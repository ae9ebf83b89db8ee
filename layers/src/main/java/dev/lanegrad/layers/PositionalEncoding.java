package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;

/**
 * Adds to each step a vector that says where it is: p[t, 2 i] = sin(t / 10000^(2 i / features)),
 * p[t, 2 i + 1] = cos of the same. PyTorch has none.
 *
 * <p>Shapes: {@code [.., steps, features]} gives the same.
 *
 * <p>Source: Vaswani et al., "Attention is all you need", 2017, <a
 * href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762</a>, section 3.5.
 *
 * @param table p, of shape [most steps, features]
 */
public record PositionalEncoding(Tensor table) implements Layer {
  private static final String NAME = "positionalEncoding";
  private static final String TABLE = "a table [steps, features]";
  private static final double LONGEST_WAVE = 10_000;

  /**
   * A layer of a given table.
   *
   * @throws ShapeException if it is no matrix or has no element
   */
  public PositionalEncoding {
    if (table.rank() != 2) {
      throw new ShapeException(
          "positionalEncoding: takes a table [steps, features], not " + table.shape());
    }
    Require.lengths(NAME, table.dtype(), TABLE, table.shape().toArray());
  }

  /** A float32 layer. */
  public PositionalEncoding(int steps, int features) {
    this(steps, features, DType.FLOAT32);
  }

  /**
   * A layer for sequences of up to so many steps.
   *
   * @throws ShapeException if steps or features are less than 1, or their product more than a
   *     tensor holds
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public PositionalEncoding(int steps, int features, DType dtype) {
    this(waves(steps, features, dtype));
  }

  private static Tensor waves(int steps, int features, DType dtype) {
    Require.lengths(NAME, dtype, TABLE, steps, features);
    double[] table = new double[steps * features];
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < features; f++) {
        double angle = t / StrictMath.pow(LONGEST_WAVE, f / 2 * 2 / (double) features);
        table[t * features + f] = f % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle);
      }
    }
    return Tensor.ofDoubles(dtype, Shape.of(steps, features), table);
  }

  /**
   * The input with its positions.
   *
   * @throws ShapeException if it has more steps or other features than the table
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.add(rows(NAME, table, x));
  }

  /** As many rows of a table as a sequence has steps. */
  static Tensor rows(String layer, Tensor table, Tensor x) {
    int most = table.shape().dim(0);
    int features = table.shape().dim(1);
    if (x.rank() < 2 || x.shape().dim(-1) != features || x.shape().dim(-2) > most) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: takes [.., steps, %d] with at most %d steps, not %s",
              layer,
              features,
              most,
              x.shape()));
    }
    int steps = x.shape().dim(-2);
    return steps == most ? table : table.slice(0, 0, steps);
  }

  @Override
  public String toString() {
    return "PositionalEncoding[%s]".formatted(table.shape());
  }
}
