package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.internal.Settings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A vector kernel that is handed out once the JIT has compiled it.
 *
 * @param <K> what kind of kernel
 */
final class PreparedKernel<K> {
  /** How the kernel is run on data of its own, meanwhile. */
  interface Rehearsal<K> {
    void run(K kernel);

    /** Calls the kernel with nothing to do. */
    void callIdly(K kernel);

    /** How many vector operations one run executes. */
    long operations();
  }

  private final Supplier<K> compiler;
  private final Supplier<Rehearsal<K>> rehearsal;
  private volatile @Nullable K ready;
  private boolean submitted;

  PreparedKernel(Supplier<K> compiler, Supplier<Rehearsal<K>> rehearsal) {
    this.compiler = compiler;
    this.rehearsal = rehearsal;
  }

  /** The kernel, or null while scalar code should be used, which gives the same bits. */
  @Nullable K get() {
    K known = ready;
    return known != null ? known : prepare();
  }

  private synchronized @Nullable K prepare() {
    if (!Settings.BACKGROUND_WARMUP && ready == null) {
      ready = compiler.get();
    } else if (ready == null && !submitted) {
      submitted = Warmup.submit(new Workload(rehearsal.get()));
    }
    return ready;
  }

  private final class Workload implements Warmup.Workload {
    private final Rehearsal<K> rehearsal;
    private @Nullable K kernel;

    Workload(Rehearsal<K> rehearsal) {
      this.rehearsal = rehearsal;
    }

    @Override
    public void run() {
      rehearsal.run(compiled());
    }

    @Override
    public void callIdly() {
      rehearsal.callIdly(compiled());
    }

    private K compiled() {
      K known = kernel;
      if (known == null) {
        known = compiler.get();
        kernel = known;
      }
      return known;
    }

    @Override
    public int sufficientCalls() {
      return 8_000;
    }

    @Override
    public long operations() {
      return rehearsal.operations();
    }

    @Override
    public void ready() {
      ready = kernel;
    }
  }
}
