package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.internal.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A generated vector kernel that is handed out once the JIT has compiled it.
 *
 * @param <K> what kind of kernel
 */
public abstract class PreparedKernel<K> {
  private volatile @Nullable K ready;
  private boolean submitted;

  /** Generates the kernel. */
  protected abstract K generate();

  /** What the kernel is run on until it is fast. */
  protected abstract Rehearsal<K> rehearsal();

  /** Runs a kernel on data of its own. */
  public interface Rehearsal<K> {
    void run(K kernel);

    /** Calls the kernel with nothing to do. */
    void callIdly(K kernel);

    /** How many vector operations one run executes. */
    long operations();
  }

  /** The kernel, or null while scalar code should be used, which gives the same bits. */
  public final @Nullable K get() {
    K known = ready;
    return known != null || !Lanes.VECTOR ? known : prepare();
  }

  private synchronized @Nullable K prepare() {
    if (!Settings.BACKGROUND_WARMUP && ready == null) {
      ready = generate();
    } else if (ready == null && !submitted) {
      submitted = Warmup.submit(new Workload(rehearsal()));
    }
    return ready;
  }

  /** What it is, for messages. */
  @Override
  public String toString() {
    return getClass().getSimpleName();
  }

  private final class Workload implements Warmup.Workload {
    private final Rehearsal<K> rehearsal;
    private @Nullable K kernel;

    Workload(Rehearsal<K> rehearsal) {
      this.rehearsal = rehearsal;
    }

    @Override
    public void run() {
      rehearsal.run(generated());
    }

    @Override
    public void callIdly() {
      rehearsal.callIdly(generated());
    }

    private K generated() {
      K known = kernel;
      if (known == null) {
        known = generate();
        kernel = known;
      }
      return known;
    }

    @Override
    public boolean carriesTheLoad() {
      return true;
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

    @Override
    public String toString() {
      return PreparedKernel.this.toString();
    }
  }
}
