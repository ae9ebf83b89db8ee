package dev.lanegrad.training;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step may change before anything is found: the model's buffers, such as running statistics
 * and the counters of random masks; where an update may have to be undone, everything.
 *
 * @param buffers each with its numbers
 * @param all model and optimizers, or null
 */
record Before(List<Saved> buffers, @Nullable Rollback all) {
  /** Nothing is known. */
  static final Before UNKNOWN = new Before(List.of(), null);

  /** Numbers are copied: tensors of operations may be recycled. */
  record Saved(Parameter buffer, Tensor numbers) {}

  static Before of(TrainingRun run, boolean canUndo) {
    Collection<Parameter> buffers = run.namedBuffers().values();
    if (buffers.isEmpty() && !canUndo) {
      return UNKNOWN;
    }
    List<Saved> saved = new ArrayList<>();
    for (Parameter buffer : buffers) {
      Tensor tensor = buffer.tensor();
      saved.add(
          new Saved(
              buffer, Tensor.ofDoubles(tensor.dtype(), tensor.shape(), tensor.toDoubleArray())));
    }
    return new Before(saved, canUndo ? Rollback.of(run.model(), run.optimizers()) : null);
  }

  boolean canUndo() {
    return all != null;
  }

  void restoreBuffers() {
    buffers.forEach(saved -> saved.buffer.assign(saved.numbers));
  }

  void restore() {
    if (all == null) {
      restoreBuffers();
    } else {
      all.restore();
    }
  }
}
