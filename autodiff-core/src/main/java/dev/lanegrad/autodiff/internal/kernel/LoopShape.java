package dev.lanegrad.autodiff.internal.kernel;

/**
 * What a loop kernel is specialised on besides its program.
 *
 * @param inputs how many inputs the program has
 * @param constantAlongRows bit k is set where input k has one element for a whole row
 * @param unroll 0 for a map; for a fold the number of vectors whose accumulators stay in registers
 *     while the rows go by
 */
record LoopShape(int inputs, long constantAlongRows, int unroll) {
  /** The kernel's operands are numbered by the bits of a long. */
  static final int MAX_INPUTS = 60;

  boolean isConstantAlongRows(int input) {
    return (constantAlongRows >> input & 1) != 0;
  }

  boolean foldsInRegisters() {
    return unroll > 0;
  }
}
