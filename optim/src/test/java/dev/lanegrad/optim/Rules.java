package dev.lanegrad.optim;

import java.util.stream.Stream;

/** Every rule with the options it has, each with its step in plain Java. */
record Rules(Rule rule, Reference reference) {
  /** The same rule for one number. */
  interface Reference {
    /**
     * The new parameter.
     *
     * @param state what is remembered, changed in place; zeros at first
     */
    double step(double parameter, double gradient, double[] state, double rate, int step);
  }

  /** The table: a new rule or option is one row. */
  static Stream<Rules> all() {
    return Stream.of(
        new Rules(new SGD(0.1), (p, g, s, rate, t) -> p - rate * g),
        new Rules(new SGD(0.05, 0, false, 0.1), (p, g, s, rate, t) -> p - rate * (g + 0.1 * p)),
        new Rules(
            new SGD(0.02, 0.9),
            (p, g, s, rate, t) -> {
              s[0] = 0.9 * s[0] + g;
              return p - rate * s[0];
            }),
        new Rules(
            new SGD(0.02, 0.9, true, 0.01),
            (p, g, s, rate, t) -> {
              double decayed = g + 0.01 * p;
              s[0] = 0.9 * s[0] + decayed;
              return p - rate * (decayed + 0.9 * s[0]);
            }),
        new Rules(new Adam(0.05), (p, g, s, rate, t) -> adam(p, g, s, rate, t, 0.9, 0.999, 1e-8)),
        new Rules(
            new Adam(0.02, 0.8, 0.99, 1e-6, 0.1),
            (p, g, s, rate, t) -> adam(p, g + 0.1 * p, s, rate, t, 0.8, 0.99, 1e-6)),
        new Rules(
            new AdamW(0.05),
            (p, g, s, rate, t) -> adam(p * (1 - rate * 0.01), g, s, rate, t, 0.9, 0.999, 1e-8)));
  }

  private static double adam(
      double p, double g, double[] s, double rate, int t, double b1, double b2, double epsilon) {
    s[0] = b1 * s[0] + (1 - b1) * g;
    s[1] = b2 * s[1] + (1 - b2) * g * g;
    double first = s[0] / (1 - Math.pow(b1, t));
    double root = Math.sqrt(s[1]) / Math.sqrt(1 - Math.pow(b2, t));
    return p - rate * first / (root + epsilon);
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
