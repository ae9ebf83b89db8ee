package dev.lanegrad.layers;

import dev.lanegrad.layers.loss.LossBits;
import dev.lanegrad.testing.BitsProgram;

/** Prints the bits of every row of this module's tables; run by {@link BitsTest}. */
final class BitsOfTables {
  private BitsOfTables() {}

  public static void main(String[] arguments) {
    LayerBits.print();
    LossBits.print();
    BitsProgram.end();
  }
}
