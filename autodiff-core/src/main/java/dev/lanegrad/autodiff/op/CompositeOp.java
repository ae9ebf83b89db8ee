package dev.lanegrad.autodiff.op;

/**
 * An operation that is put together from others and has a reverse rule of its own. Its parts go
 * through the gate as every operation does, but nothing of them is recorded: a program of what ran
 * lists them under its name.
 *
 * <p>Some look at numbers that a part gave, and go on in another way where those are not of usual
 * size; see {@link #looksAtNumbers}.
 */
public interface CompositeOp extends Op {
  /**
   * Whether which parts run may depend on numbers and not on types alone. A program of what ran
   * then holds for numbers that lead the same way.
   */
  default boolean looksAtNumbers() {
    return false;
  }
}
