package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.memory.Storage;
import java.util.Arrays;
import java.util.List;

/** Runs the steps of a {@link Trace} again, on memory of its own. */
public final class Replay {
  private static final TensorAccess ACCESS = TensorAccess.get();

  private final Trace trace;
  private final Storage[] storages;

  private Replay(Trace trace) {
    this.trace = trace;
    this.storages = trace.buffers().stream().map(Replay::storage).toArray(Storage[]::new);
  }

  /** Runs the program from the inputs that it had. */
  public static void run(Trace trace, Trace.Watcher watcher) {
    new Replay(trace).run(watcher);
  }

  private static Storage storage(Trace.Buffer buffer) {
    if (buffer.initial() != null) {
      return Storage.copyOf(buffer.dtype(), buffer.initial(), buffer.length());
    }
    Storage storage = Storage.allocate(buffer.dtype(), buffer.length());
    switch (storage.array()) {
      case float[] floats -> Arrays.fill(floats, Float.NaN);
      case double[] doubles -> Arrays.fill(doubles, Double.NaN);
      case int[] ints -> Arrays.fill(ints, -1);
      default -> {}
    }
    return storage;
  }

  private void run(Trace.Watcher watcher) {
    for (Trace.Step step : trace.steps()) {
      List<Tensor> outputs = tensors(step.outputs());
      Recording.with(
          false,
          () -> {
            step.kernel().run(tensors(step.inputs()), outputs);
            return true;
          });
      watcher.ran(step, outputs);
    }
  }

  private List<Tensor> tensors(List<Trace.Place> places) {
    return places.stream()
        .map(place -> ACCESS.make(storages[place.buffer().number()], place.layout()))
        .toList();
  }
}
