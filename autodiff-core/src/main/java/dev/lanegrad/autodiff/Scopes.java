package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.graph.Anomaly;
import dev.lanegrad.autodiff.internal.graph.GraphRecorder;
import dev.lanegrad.autodiff.internal.graph.Recording;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a thread's scopes say: whether operations are recorded ({@link Autodiff#withoutGradient}),
 * which tensors stand in the place of parameters ({@link Parameter#substitute}), whether changes of
 * buffers are forgotten ({@link Autodiff#withoutEffects}), whether values are watched ({@link
 * Autodiff#detectAnomaly}), and which view notes operations ({@link GraphView}). Other threads know
 * nothing of it, but for those that a {@link java.util.concurrent.StructuredTaskScope} forks; this
 * carries it over to them, as to the workers of a parallel stream:
 *
 * <pre>{@code
 * Autodiff.withoutGradient(
 *     () -> {
 *       Scopes here = Scopes.current();
 *       return batches.parallelStream().map(x -> here.call(() -> model.forward(x))).toList();
 *     });
 * }</pre>
 *
 * A {@link Autodiff#tidy} scope is not carried over: what other threads make is left to garbage
 * collection, or to a scope of their own.
 */
public final class Scopes {
  private final boolean records;
  private final boolean watches;
  private final Substitution substitution;

  private final @Nullable GraphRecorder view;

  private Scopes(
      boolean records, boolean watches, Substitution substitution, @Nullable GraphRecorder view) {
    this.records = records;
    this.watches = watches;
    this.substitution = substitution;
    this.view = view;
  }

  /** Those that are open on this thread now. */
  public static Scopes current() {
    return new Scopes(
        Recording.isOn(),
        Anomaly.isWatched(),
        Substitution.current().complete(),
        GraphRecorder.current());
  }

  /** Computes something as on the thread that these come from, and at that time. */
  public <T extends @Nullable Object> T call(Supplier<T> action) {
    Supplier<T> viewed = () -> GraphRecorder.with(view, action);
    return substitution.call(() -> Recording.with(records, () -> Anomaly.with(watches, viewed)));
  }

  @Override
  public String toString() {
    return "Scopes[records=%s, watches=%s, %s]".formatted(records, watches, substitution);
  }

  /** Does something as on the thread that these come from, and at that time. */
  public void run(Runnable action) {
    call(
        () -> {
          action.run();
          return null;
        });
  }
}
