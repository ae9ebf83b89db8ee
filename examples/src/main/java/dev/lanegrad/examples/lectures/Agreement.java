package dev.lanegrad.examples.lectures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How a number compares with the one that a lecture prints.
 *
 * @param kind to how many digits
 * @param difference what is here less what is printed
 */
record Agreement(Kind kind, BigDecimal difference) {
  enum Kind {
    /** Rounded to the digits printed it is the same. */
    ROUNDED,
    /** It is the same where what comes after the digits printed is left out. */
    CUT,
    /** It is another. */
    DIFFERENT,
    /** What is printed is no number, such as {@code at most 3}, or it is NaN or infinite here. */
    NONE
  }

  private static final MathContext SHOWN = new MathContext(2);

  /** Compares; what is printed may have groups of thousands, and a sign for percent. */
  static Agreement of(String lecture, double here) {
    BigDecimal printed;
    BigDecimal exact;
    try {
      printed = new BigDecimal(lecture.replaceAll("[,\\s%]", "").replace('−', '-'));
      exact = new BigDecimal(here);
    } catch (NumberFormatException _) {
      return new Agreement(Kind.NONE, BigDecimal.ZERO);
    }
    Kind kind =
        isPrinted(printed, exact, RoundingMode.HALF_UP)
            ? Kind.ROUNDED
            : isPrinted(printed, exact, RoundingMode.DOWN) ? Kind.CUT : Kind.DIFFERENT;
    return new Agreement(kind, exact.subtract(printed));
  }

  private static boolean isPrinted(BigDecimal printed, BigDecimal exact, RoundingMode mode) {
    return exact.setScale(printed.scale(), mode).compareTo(printed) == 0;
  }

  /** In words, such as {@code differs by +0.012}; empty where there is nothing to say. */
  String words() {
    return switch (kind) {
      case ROUNDED -> "agrees";
      case CUT -> "agrees, cut off";
      case DIFFERENT ->
          "differs by "
              + (difference.signum() > 0 ? "+" : "")
              + Numbers.text(difference.round(SHOWN).doubleValue());
      case NONE -> "";
    };
  }
}
