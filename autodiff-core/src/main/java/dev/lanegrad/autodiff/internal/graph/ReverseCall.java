package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import java.util.Locale;

/** What a node recorded, for its reverse rule. */
record ReverseCall(Node node, boolean[] needs) implements Call {
  @Override
  public int inputs() {
    return node.inputs().size();
  }

  @Override
  public int outputs() {
    return node.types().size();
  }

  @Override
  public Tensor input(int i) {
    Tensor input = node.inputs().get(i);
    if (node.isStale(i)) {
      throw new GradientException(
          String.format(
                  Locale.ROOT,
                  "%s: input %d of shape %s was updated in place after this graph was recorded; ",
                  node.describe(),
                  i,
                  input.shape())
              + "run the forward pass again before backward()");
    }
    return input;
  }

  @Override
  public TensorType inputType(int i) {
    return node.inputs().get(i).type();
  }

  @Override
  public Tensor output(int k) {
    if (node.outputs().isEmpty()) {
      return TensorAccess.get().meta(type(k));
    }
    if (node.isOutputStale(k)) {
      throw new GradientException(
          String.format(
                  Locale.ROOT,
                  "%s: the result of shape %s shares numbers that were updated in place after"
                      + " this graph was recorded; ",
                  node.describe(),
                  type(k).shape())
              + "run the forward pass again before backward()");
    }
    return node.outputs().get(k);
  }

  @Override
  public TensorType type(int k) {
    return node.types().get(k);
  }

  @Override
  public boolean needsGradient(int i) {
    return needs[i];
  }
}
