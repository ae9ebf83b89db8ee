package dev.lanegrad.autodiff.op;

import java.util.BitSet;

/**
 * Which numbers a reverse rule reads, see {@link Op#saved}: what a node of the graph keeps, as
 * {@code Saved.NOTHING.input(1).output(0)}.
 */
public final class Saved {
  /** From this number on all are kept if one is. */
  private static final int LAST = Long.SIZE - 1;

  /** No numbers, but types. */
  public static final Saved NOTHING = new Saved(0, 0);

  /** All inputs and outputs. */
  public static final Saved ALL = new Saved(-1, -1);

  private final long inputs;
  private final long outputs;

  private Saved(long inputs, long outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** These and input number i, counted from 0. */
  public Saved input(int i) {
    return new Saved(inputs | bit(i), outputs);
  }

  /** These and output number k, counted from 0. */
  public Saved output(int k) {
    return new Saved(inputs, outputs | bit(k));
  }

  /** These, and input number i if something holds. */
  public Saved inputIf(boolean isRead, int i) {
    return isRead ? input(i) : this;
  }

  private static long bit(int i) {
    return 1L << Math.min(i, LAST);
  }

  /** Whether input number i is among them. */
  public boolean hasInput(int i) {
    return (inputs & bit(i)) != 0;
  }

  /** Whether output number k is among them. */
  public boolean hasOutput(int k) {
    return (outputs & bit(k)) != 0;
  }

  @Override
  public String toString() {
    return "inputs " + numbers(inputs) + ", outputs " + numbers(outputs);
  }

  private static String numbers(long bits) {
    return bits == -1 ? "all" : BitSet.valueOf(new long[] {bits}).toString();
  }
}
