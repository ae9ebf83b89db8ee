package dev.lanegrad.autodiff.check;

import java.util.List;
import java.util.Locale;

/**
 * A derivative that central differences disagree with, or cannot confirm.
 *
 * @param order 1 for a derivative of the function, 2 for one of its gradient
 * @param input the number of the input, or -1 if {@code seed} is what was varied
 * @param seed at order 2 the number of the output whose given gradient was varied, else -1
 * @param element the index in the input or seed, empty if only a direction is known
 * @param output the number of the output; at order 2 of the input whose gradient it is
 * @param outputElement the index in the output, empty if only a projection is known
 * @param expected what central differences say
 * @param got what the reverse pass says
 * @param tolerance how far the two may be apart here
 * @param cause why they may differ
 * @param leftSlope the difference quotient towards smaller values
 * @param rightSlope the difference quotient towards larger values
 */
public record Mismatch(
    int order,
    int input,
    int seed,
    List<Integer> element,
    int output,
    List<Integer> outputElement,
    double expected,
    double got,
    double tolerance,
    Cause cause,
    double leftSlope,
    double rightSlope) {
  /** Why a derivative and its differences may differ. */
  public enum Cause {
    /** The function is smooth here, so the reverse rule is wrong. */
    WRONG_GRADIENT,
    /** The slopes on both sides differ, so that there is no derivative to compare with. */
    KINK,
    /**
     * Rounding of the function's large values hides what a difference quotient would measure: the
     * gradient may be right or wrong.
     */
    INCONCLUSIVE,
    /** A value of the function at or near the point is infinite or NaN. */
    NOT_FINITE
  }

  public Mismatch {
    element = List.copyOf(element);
    outputElement = List.copyOf(outputElement);
  }

  /** Whether there are some, each of them inconclusive. */
  static boolean areInconclusive(List<Mismatch> mismatches) {
    return !mismatches.isEmpty()
        && mismatches.stream().allMatch(m -> m.cause == Cause.INCONCLUSIVE);
  }

  /** How many tolerances the two are apart; 0 if that is not known. */
  double severity() {
    if (cause == Cause.INCONCLUSIVE) {
      return 0;
    }
    double severity = Math.abs(expected - got) / tolerance;
    return Double.isNaN(severity) ? Double.POSITIVE_INFINITY : severity;
  }

  /** With the user's numbers of the inputs; what comes after them are seeds. */
  Mismatch renumbered(List<Integer> numbers) {
    boolean varied = input < numbers.size();
    return new Mismatch(
        order,
        varied ? numbers.get(input) : -1,
        varied ? -1 : input - numbers.size(),
        element,
        order == 1 ? output : numbers.get(output),
        outputElement,
        expected,
        got,
        tolerance,
        cause,
        leftSlope,
        rightSlope);
  }

  @Override
  public String toString() {
    String explanation =
        switch (cause) {
          case WRONG_GRADIENT -> "";
          case KINK ->
              String.format(
                  Locale.ROOT,
                  "\n"
                      + "the point lies on a kink: the slope is %.6g on one side and %.6g on the"
                      + " other, so no difference can confirm a gradient; move the point away from"
                      + " it",
                  leftSlope,
                  rightSlope);
          case INCONCLUSIVE ->
              String.format(
                  Locale.ROOT,
                  "\ninconclusive: rounding of the function's value hides differences below %.2g;"
                      + " check the function without its large constant part, or at a point where"
                      + " its value is smaller",
                  tolerance);
          case NOT_FINITE -> "\nvalues of the function at or next to the point are infinite or NaN";
        };
    return String.format(
        Locale.ROOT,
        "order %d, %s with respect to %s: expected %.12g, got %.12g, tolerance %.2g%s",
        order,
        target(),
        variable(),
        expected,
        got,
        tolerance,
        explanation);
  }

  private String variable() {
    String name = seed < 0 ? "input " + input : "the gradient given for output " + seed;
    return name + at(element);
  }

  private String target() {
    String name = order == 1 ? "output " + output : "gradient of input " + output;
    return name + at(outputElement);
  }

  private static String at(List<Integer> index) {
    return index.isEmpty() ? "" : " at " + index;
  }
}
