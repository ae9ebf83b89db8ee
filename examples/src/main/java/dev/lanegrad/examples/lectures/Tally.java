package dev.lanegrad.examples.lectures;

import java.util.Locale;

/** Counts what notebooks show. */
final class Tally {
  private int holding;
  private int failing;
  private int agreeing;
  private int different;
  private int slips;

  void count(boolean holds) {
    holding += holds ? 1 : 0;
    failing += holds ? 0 : 1;
  }

  void count(Agreement.Kind kind) {
    agreeing += kind == Agreement.Kind.ROUNDED || kind == Agreement.Kind.CUT ? 1 : 0;
    different += kind == Agreement.Kind.DIFFERENT ? 1 : 0;
  }

  void countSlip() {
    slips++;
  }

  void add(Tally other) {
    holding += other.holding;
    failing += other.failing;
    agreeing += other.agreeing;
    different += other.different;
    slips += other.slips;
  }

  /** How many claims do not hold. */
  int failing() {
    return failing;
  }

  /** Such as {@code 12 claims hold}. */
  String claims() {
    String hold = holding == 1 ? "1 claim holds" : holding + " claims hold";
    String fail = failing == 1 ? "1 DOES NOT HOLD" : failing + " DO NOT HOLD";
    return failing == 0 ? hold : hold + ", " + fail;
  }

  /** Such as {@code 12 numbers agree with the lecture to the digits printed}. */
  String numbers() {
    return String.format(
        Locale.ROOT,
        "%d numbers agree with the lecture's to the digits printed, %d differ, %d of the lecture's"
            + " are slips",
        agreeing,
        different,
        slips);
  }
}
