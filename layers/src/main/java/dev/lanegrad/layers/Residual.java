package dev.lanegrad.layers;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;

/**
 * A skip connection y = x + block(x). PyTorch has none.
 *
 * <p>Shapes: {@code s -> s}, which the block has to keep.
 *
 * @param block what is added to the input
 */
public record Residual(Layer block) implements Layer {
  public Residual {
    Require.present("residual", "block", block);
  }

  /**
   * The input plus what the block makes of it; skip connections and {@link Sequential}s inside of
   * it may be nested to any depth.
   *
   * @throws ShapeException if the block changes the shape
   */
  @Override
  public Tensor forward(Tensor x) {
    return Nesting.forward(this, Require.present("residual", "x", x));
  }

  /** The output, once the block has been run. */
  Tensor sum(Tensor x, Tensor change) {
    if (!change.shape().equals(x.shape())) {
      throw new ShapeException(
          "residual: the block turns %s into %s and has to keep the shape"
              .formatted(x.shape(), change.shape()));
    }
    return x.add(change);
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("block", block));
  }

  @Override
  public String toString() {
    return tree();
  }
}
