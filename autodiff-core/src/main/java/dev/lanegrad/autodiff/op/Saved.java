package dev.lanegrad.autodiff.op;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers a reverse rule reads, see {@link Op#saved}: what a node of the graph keeps.
 *
 * <pre>{@code
 * Saved labels = Saved.NOTHING.input(1).output(0);
 * }</pre>
 */
public final class Saved {
  /** No numbers, but types. */
  public static final Saved NOTHING = new Saved(new BitSet(), new BitSet());

  /** All inputs and outputs. */
  public static final Saved ALL = new Saved(null, null);

  private final @Nullable BitSet inputs;
  private final @Nullable BitSet outputs;

  private Saved(@Nullable BitSet inputs, @Nullable BitSet outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** These and input number i. */
  public Saved input(int i) {
    return inputs == null ? this : new Saved(with(inputs, i), outputs);
  }

  /** These and output number k. */
  public Saved output(int k) {
    return outputs == null ? this : new Saved(inputs, with(outputs, k));
  }

  /** These, and input number i if something holds. */
  Saved inputIf(boolean isRead, int i) {
    return isRead ? input(i) : this;
  }

  private static BitSet with(BitSet set, int i) {
    BitSet changed = (BitSet) set.clone();
    changed.set(i);
    return changed;
  }

  /** Whether input number i is among them. */
  public boolean hasInput(int i) {
    return inputs == null || inputs.get(i);
  }

  /** Whether output number k is among them. */
  public boolean hasOutput(int k) {
    return outputs == null || outputs.get(k);
  }

  @Override
  public String toString() {
    return inputs == null ? "all" : "inputs " + inputs + ", outputs " + outputs;
  }
}
