package dev.lanegrad.layers;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;

/**
 * A skip connection y = x + block(x).
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
   * The input plus what the block makes of it.
   *
   * @throws ShapeException if the block changes the shape
   */
  @Override
  public Tensor forward(Tensor x) {
    Tensor change = block.apply(x);
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
