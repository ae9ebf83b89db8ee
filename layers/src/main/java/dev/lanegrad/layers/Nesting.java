package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs sequences and skip connections, which wait here for what is inside of them and not on the
 * thread's stack, which has an end.
 */
final class Nesting {
  private Nesting() {}

  /** A layer that has begun, and which of those inside of it comes next. */
  private static final class Progress {
    private final Layer layer;
    private final List<Layer> inside;
    private final Tensor input;
    private int next;

    private Progress(Layer layer, List<Layer> inside, Tensor input) {
      this.layer = layer;
      this.inside = inside;
      this.input = input;
    }

    /** Null for a layer that runs by itself. */
    static @Nullable Progress begin(Layer layer, Tensor input) {
      if (layer instanceof Sequential sequence) {
        return new Progress(layer, sequence.layers(), input);
      }
      return layer instanceof Residual residual
          ? new Progress(layer, List.of(residual.block()), input)
          : null;
    }

    boolean isDone() {
      return next == inside.size();
    }

    Layer next() {
      return inside.get(next++);
    }

    /** What the next layer is, if it is an activation that the one before it can compute. */
    @Nullable FusedActivation nextActivation() {
      return !isDone() && inside.get(next) instanceof FusedActivation activation
          ? activation
          : null;
    }

    Tensor end(Tensor y) {
      return layer instanceof Residual residual ? residual.sum(input, y) : y;
    }
  }

  static Tensor forward(Layer outermost, Tensor x) {
    Deque<Progress> open = new ArrayDeque<>();
    Progress current = Progress.begin(outermost, x);
    Tensor y = x;
    while (current != null) {
      if (current.isDone()) {
        y = current.end(y);
        if (!open.isEmpty()) { // the outermost one is seen by who called it
          LayerSummary.seen(current.layer, y);
        }
        current = open.poll();
      } else {
        Layer layer = current.next();
        Progress inner = Progress.begin(layer, y);
        if (inner != null) {
          open.push(current);
          current = inner;
        } else {
          y = step(layer, current, y);
        }
      }
    }
    return y;
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
}
