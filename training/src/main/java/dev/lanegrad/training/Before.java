package dev.lanegrad.training;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step may change before anything is found: the model's buffers, such as running statistics
 * and the counters of random masks; where an update may have to be undone, everything.
 *
 * @param buffers each with a copy of its numbers
 * @param all model and optimizers, or null
 */
record Before(Map<Parameter, Tensor> buffers, @Nullable Rollback all) {
  /** Nothing is known. */
  static final Before UNKNOWN = new Before(Map.of(), null);

  static Before of(TrainingRun run, boolean canUndo) {
    Collection<Parameter> buffers = run.namedBuffers().values();
    if (buffers.isEmpty() && !canUndo) {
      return UNKNOWN;
    }
    Map<Parameter, Tensor> copies = new IdentityHashMap<>();
    for (Parameter buffer : buffers) {
      Tensor tensor = buffer.tensor();
      copies.put(buffer, Tensor.ofDoubles(tensor.dtype(), tensor.shape(), tensor.toDoubleArray()));
    }
    return new Before(copies, canUndo ? Rollback.of(run.model(), run.optimizers()) : null);
  }

  boolean canUndo() {
    return all != null;
  }

  void restore() {
    if (all == null) {
      buffers.forEach(Parameter::assign);
    } else {
      all.restore();
    }
  }
}
