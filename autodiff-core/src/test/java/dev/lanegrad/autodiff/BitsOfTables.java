package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.op.OperationBits;
import dev.lanegrad.testing.BitsProgram;

/** Prints the bits of every row of this module's tables; run by {@link BitsTest}. */
final class BitsOfTables {
  private BitsOfTables() {}

  public static void main(String[] arguments) {
    FunctionBits.print();
    OperationBits.print();
    CompositeBits.print();
    BitsProgram.end();
  }
}
