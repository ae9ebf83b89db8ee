package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.internal.Settings;
import org.jspecify.annotations.Nullable;

/** A generated kernel that is handed out once the JIT has compiled it. */
abstract class PreparedKernel<K> {
  private volatile @Nullable K kernel;
  private boolean submitted;

  /** Generates the kernel. */
  abstract K generate();

  /** What the kernel is run on until it is fast. */
  abstract Rehearsal<K> rehearsal();

  /** Runs a kernel on data of its own. */
  interface Rehearsal<K> {
    void run(K kernel);

    /** How many vector operations one run executes. */
    long operations();
  }

  /** The kernel, or null where the scalar loop should be used. */
  final @Nullable K get() {
    K known = kernel;
    return known != null || !Lanes.VECTOR ? known : prepare();
  }

  private synchronized @Nullable K prepare() {
    if (!Settings.BACKGROUND_WARMUP && kernel == null) {
      kernel = generate();
    } else if (kernel == null && !submitted) {
      submitted = Warmup.submit(new Workload(rehearsal()));
    }
    return kernel;
  }

  private final class Workload implements Warmup.Workload {
    private final Rehearsal<K> rehearsal;
    private @Nullable K rehearsed;

    Workload(Rehearsal<K> rehearsal) {
      this.rehearsal = rehearsal;
    }

    @Override
    public void run() {
      K known = rehearsed;
      if (known == null) {
        known = generate();
        rehearsed = known;
      }
      rehearsal.run(known);
    }

    @Override
    public long operations() {
      return rehearsal.operations();
    }

    @Override
    public void ready() {
      kernel = rehearsed;
    }
  }
}
