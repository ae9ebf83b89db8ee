package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.formula.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * What a loop kernel is specialised on besides its program.
 *
 * @param inputs how many inputs the program has
 * @param constantAlongRows bit k is set where input k has one element for a whole row
 * @param unroll 0 for a map; for a fold the number of vectors whose accumulators stay in registers
 *     while the rows go by
 * @param alongLines how elements of a line are combined where rows are lines, each of which has one
 *     result, see {@link LineWriter}; null where columns have results
 */
record LoopShape(int inputs, long constantAlongRows, int unroll, @Nullable Reduction alongLines) {
  /** Inputs, and a fold's accumulators, are numbered by the bits of a long. */
  static final int MAX_INPUTS = 60;

  /** So that what goes on from row to row leaves room in a method that the JIT compiles. */
  static final int MAX_OUTPUTS = 30;

  LoopShape(int inputs, long constantAlongRows, int unroll) {
    this(inputs, constantAlongRows, unroll, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoopShape that
        && inputs == that.inputs
        && constantAlongRows == that.constantAlongRows
        && unroll == that.unroll
        && alongLines == that.alongLines;
  }

  @Override
  public int hashCode() {
    int loop = 31 * (31 * inputs + Long.hashCode(constantAlongRows)) + unroll;
    return alongLines == null ? loop : 31 * loop + alongLines.hashCode();
  }

  boolean isConstantAlongRows(int input) {
    return (constantAlongRows >> input & 1) != 0;
  }

  boolean foldsInRegisters() {
    return unroll > 0;
  }
}
