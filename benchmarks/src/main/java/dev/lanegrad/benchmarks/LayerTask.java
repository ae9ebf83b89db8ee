package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.function.UnaryOperator;

/**
 * A call of a layer on a small tensor, where what the layer costs itself shows most.
 *
 * @param byHand whether the operations under the layer are called instead
 */
record LayerTask(boolean byHand, LayerCase layer) implements Task {
  static final String KIND = "layer";

  static LayerTask of(String... words) {
    return new LayerTask(Boolean.parseBoolean(words[0]), LayerCase.valueOf(words[1]));
  }

  @Override
  public String key() {
    return "%s %s %s".formatted(KIND, byHand, layer.name());
  }

  @Override
  public String name() {
    return layer.toString();
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public String shape() {
    return layer.input().shape().toString();
  }

  Work prepare() {
    UnaryOperator<Tensor> function = function();
    Tensor x = layer.input();
    return Work.inScope(
        () -> {
          if (function.apply(x).size() == 0) {
            throw new AssertionError("nothing was computed");
          }
        },
        () -> function().apply(x).square().mean().item());
  }

  private UnaryOperator<Tensor> function() {
    LayerCase.Pair pair = layer.make();
    return byHand ? pair.byHand() : pair.layer()::forward;
  }
}
