package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Layers one after the other, named by their positions: {@code 0}, {@code 1} and so on.
 *
 * @param layers the first to the last; none gives its input back
 */
public record Sequential(List<Layer> layers) implements Layer {
  public Sequential {
    layers = Require.all("sequential", "layers", layers);
  }

  public Sequential(Layer... layers) {
    this(Arrays.asList(Require.present("sequential", "layers", layers)));
  }

  /** How far a sequence has come. */
  private static final class Progress {
    private final Sequential sequence;
    private int next;

    Progress(Sequential sequence) {
      this.sequence = sequence;
    }

    boolean isDone() {
      return next == sequence.layers.size();
    }

    Layer next() {
      return sequence.layers.get(next++);
    }

    /** What the next layer is, if it is an activation that the one before it can compute. */
    @Nullable FusedActivation nextActivation() {
      return !isDone() && sequence.layers.get(next) instanceof FusedActivation activation
          ? activation
          : null;
    }
  }

  /** Sequences inside of this one wait here and not on the thread's stack, which has an end. */
  @Override
  public Tensor forward(Tensor x) {
    Tensor y = Require.present("sequential", "x", x);
    Deque<Progress> open = new ArrayDeque<>();
    Progress current = new Progress(this);
    while (true) {
      if (!current.isDone()) {
        Layer layer = current.next();
        if (layer instanceof Sequential inner) {
          open.push(current);
          current = new Progress(inner);
        } else {
          y = step(layer, current, y);
        }
      } else if (open.isEmpty()) {
        return y;
      } else {
        LayerSummary.seen(current.sequence, y);
        current = open.pop();
      }
    }
  }

  private static Tensor step(Layer layer, Progress progress, Tensor x) {
    if (layer instanceof FusesActivation fuses && !LayerSummary.isBeingMade()) {
      FusedActivation activation = progress.nextActivation();
      if (activation != null) {
        progress.next();
        return fuses.forward(x, activation.formula());
      }
    }
    return layer.apply(x);
  }

  @Override
  public List<Child> children() {
    return IntStream.range(0, layers.size())
        .mapToObj(i -> new Child(Integer.toString(i), layers.get(i)))
        .toList();
  }

  @Override
  public String toString() {
    return tree();
  }
}
