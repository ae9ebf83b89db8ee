package dev.lanegrad.optim;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every rule with the options it has, each with its step on a matrix [3, 4] in plain Java, by the
 * equations of its paper.
 */
record Rules(Rule rule, Reference reference) {
  static final int ROWS = 3;
  static final int COLUMNS = 4;
  static final int SIZE = ROWS * COLUMNS;

  /** The same rule for the numbers of a matrix in row-major order. */
  interface Reference {
    /**
     * Changes the parameter.
     *
     * @param p changed in place
     * @param state four arrays of zeros at first, changed in place
     * @param t 1 in the first step
     */
    void step(double[] p, double[] g, double[][] state, double rate, int t);
  }

  /** The step of one number. */
  private interface One {
    /**
     * The new parameter.
     *
     * @param s its states, changed in place
     */
    double step(double p, double g, double[] s, double rate, int t);
  }

  private static Rules each(Rule rule, One one) {
    return new Rules(
        rule,
        (p, g, state, rate, t) -> {
          for (int i = 0; i < p.length; i++) {
            double[] s = new double[state.length];
            for (int k = 0; k < s.length; k++) {
              s[k] = state[k][i];
            }
            p[i] = one.step(p[i], g[i], s, rate, t);
            for (int k = 0; k < s.length; k++) {
              state[k][i] = s[k];
            }
          }
        });
  }

  /** The table: a new rule or option is one row. */
  static Stream<Rules> all() {
    return Stream.of(sgd(), adam(), adamRelatives(), meansOfSquares(), signs(), sparse(), wholes())
        .flatMap(rows -> rows);
  }

  private static Stream<Rules> sgd() {
    return Stream.of(
        each(new SGD(0.1), (p, g, s, rate, t) -> p - rate * g),
        each(new SGD(0.05, 0, false, 0.1), (p, g, s, rate, t) -> p - rate * (g + 0.1 * p)),
        each(
            new SGD(0.02, 0.9),
            (p, g, s, rate, t) -> {
              s[0] = 0.9 * s[0] + g;
              return p - rate * s[0];
            }),
        each(
            new SGD(0.02, 0.9).withDampening(0.4),
            (p, g, s, rate, t) -> {
              s[0] = t == 1 ? g : 0.9 * s[0] + 0.6 * g;
              return p - rate * s[0];
            }),
        each(new SGD(0.1).maximize(), (p, g, s, rate, t) -> p + rate * g),
        each(
            new SGD(0.02, 0.9, true, 0.01),
            (p, g, s, rate, t) -> {
              double decayed = g + 0.01 * p;
              s[0] = 0.9 * s[0] + decayed;
              return p - rate * (decayed + 0.9 * s[0]);
            }),
        each(
            new ASGD(0.05, 0.01, 0.7, 4, 0.1),
            (p, g, s, rate, t) -> {
              double eta = t == 1 ? rate : s[1];
              double next = (1 - 0.01 * eta) * p - eta * (g + 0.1 * p);
              double mu = 1 / Math.max(1.0, t - 1 - 4);
              s[0] = s[0] + mu * (next - s[0]);
              s[1] = rate / Math.pow(1 + 0.01 * rate * t, 0.7);
              return next;
            }));
  }

  private static Stream<Rules> adam() {
    return Stream.of(
        each(new Adam(0.05), (p, g, s, rate, t) -> adam(p, g, s, rate, t, 0.9, 0.999, 1e-8)),
        each(
            new Adam(0.02, 0.8, 0.99, 1e-6, 0.1),
            (p, g, s, rate, t) -> adam(p, g + 0.1 * p, s, rate, t, 0.8, 0.99, 1e-6)),
        each(
            new Adam(0.02).withAmsgrad(true),
            (p, g, s, rate, t) -> {
              moments(s, g, 0.9, 0.999);
              s[2] = Math.max(s[2], s[1]);
              double root = Math.sqrt(s[2] / (1 - Math.pow(0.999, t)));
              return p - rate * (s[0] / (1 - Math.pow(0.9, t))) / (root + 1e-8);
            }),
        each(
            new AdamW(0.05),
            (p, g, s, rate, t) -> adam(p * (1 - rate * 0.01), g, s, rate, t, 0.9, 0.999, 1e-8)),
        each(
            new Adam(0.05).withWeightDecay(0.01).withDecoupledWeightDecay(true),
            (p, g, s, rate, t) -> adam(p * (1 - rate * 0.01), g, s, rate, t, 0.9, 0.999, 1e-8)));
  }

  private static Stream<Rules> adamRelatives() {
    return Stream.of(
        each(
            new Adamax(0.05).withBetas(0.8, 0.95).withWeightDecay(0.1),
            (p, g, s, rate, t) -> {
              double decayed = g + 0.1 * p;
              s[0] = 0.8 * s[0] + 0.2 * decayed;
              s[1] = Math.max(0.95 * s[1], Math.abs(decayed) + 1e-8);
              return p - rate / (1 - Math.pow(0.8, t)) * s[0] / s[1];
            }),
        each(
            new NAdam(0.05).withWeightDecay(0.1),
            (p, g, s, rate, t) -> {
              double decayed = g + 0.1 * p;
              moments(s, decayed, 0.9, 0.999);
              double product = 1;
              for (int k = 1; k <= t; k++) {
                product *= 0.9 * (1 - 0.5 * Math.pow(0.96, k * 0.004));
              }
              double now = 0.9 * (1 - 0.5 * Math.pow(0.96, t * 0.004));
              double next = 0.9 * (1 - 0.5 * Math.pow(0.96, (t + 1) * 0.004));
              double mean =
                  next * s[0] / (1 - product * next) + (1 - now) * decayed / (1 - product);
              return p - rate * mean / (Math.sqrt(s[1] / (1 - Math.pow(0.999, t))) + 1e-8);
            }),
        each(new RAdam(0.05), (p, g, s, rate, t) -> radam(p, g, s, rate, t, 0.999)),
        each(
            new RAdam(0.05).withBetas(0.9, 0.8),
            (p, g, s, rate, t) -> radam(p, g, s, rate, t, 0.8)));
  }

  private static double radam(double p, double g, double[] s, double rate, int t, double b2) {
    moments(s, g, 0.9, b2);
    double mean = s[0] / (1 - Math.pow(0.9, t));
    double most = 2 / (1 - b2) - 1;
    double length = most - 2 * t * Math.pow(b2, t) / (1 - Math.pow(b2, t));
    if (length <= 5) {
      return p - rate * mean;
    }
    double r = Math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
    return p - rate * r * mean * Math.sqrt(1 - Math.pow(b2, t)) / (Math.sqrt(s[1]) + 1e-8);
  }

  private static Stream<Rules> meansOfSquares() {
    return Stream.of(
        each(
            new Adagrad(0.1, 0.05, 0.1, 0.3, 1e-10),
            (p, g, s, rate, t) -> {
              double decayed = g + 0.1 * p;
              s[0] = (t == 1 ? 0.3 : s[0]) + decayed * decayed;
              return p - rate / (1 + (t - 1) * 0.05) * decayed / (Math.sqrt(s[0]) + 1e-10);
            }),
        each(
            new Adadelta(0.7),
            (p, g, s, rate, t) -> {
              s[0] = 0.9 * s[0] + 0.1 * g * g;
              double d = Math.sqrt(s[1] + 1e-6) / Math.sqrt(s[0] + 1e-6) * g;
              s[1] = 0.9 * s[1] + 0.1 * d * d;
              return p - rate * d;
            }),
        each(
            new RMSprop(0.02),
            (p, g, s, rate, t) -> {
              s[0] = 0.99 * s[0] + 0.01 * g * g;
              return p - rate * g / (Math.sqrt(s[0]) + 1e-8);
            }),
        each(
            new RMSprop(0.02).withCentered(true).withMomentum(0.6).withAlpha(0.9),
            (p, g, s, rate, t) -> {
              s[0] = 0.9 * s[0] + 0.1 * g * g;
              s[1] = 0.9 * s[1] + 0.1 * g;
              s[2] = 0.6 * s[2] + g / (Math.sqrt(s[0] - s[1] * s[1]) + 1e-8);
              return p - rate * s[2];
            }));
  }

  private static Stream<Rules> signs() {
    return Stream.of(
        each(
            new Rprop(0.05),
            (p, g, s, rate, t) -> {
              double turn = g * s[0];
              double factor = turn > 0 ? 1.2 : turn < 0 ? 0.5 : 1;
              s[1] = Math.clamp((t == 1 ? rate : s[1]) * factor, 1e-6, 50);
              s[0] = turn < 0 ? 0 : g;
              return p - Math.signum(s[0]) * s[1];
            }),
        each(
            new Lion(0.01).withWeightDecay(0.3),
            (p, g, s, rate, t) -> {
              double direction = Math.signum(0.9 * s[0] + 0.1 * g);
              s[0] = 0.99 * s[0] + 0.01 * g;
              return p - rate * (direction + 0.3 * p);
            }));
  }

  /** The gradients of row 1 are 0 in every other step: see {@link #gradient}. */
  private static Stream<Rules> sparse() {
    return Stream.of(
        new Rules(
            new SparseAdam(0.05),
            (p, g, state, rate, t) -> {
              for (int row = 0; row < ROWS; row++) {
                int from = row * COLUMNS;
                boolean occurs = IntStream.range(from, from + COLUMNS).anyMatch(i -> g[i] != 0);
                for (int i = from; occurs && i < from + COLUMNS; i++) {
                  state[0][i] = 0.9 * state[0][i] + 0.1 * g[i];
                  state[1][i] = 0.999 * state[1][i] + 0.001 * g[i] * g[i];
                  double size = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
                  p[i] -= size * state[0][i] / (Math.sqrt(state[1][i]) + 1e-8);
                }
              }
            }));
  }

  private static Stream<Rules> wholes() {
    return Stream.of(
        new Rules(
            new LAMB(0.02).withWeightDecay(0.1),
            (p, g, state, rate, t) -> {
              double[] r = new double[SIZE];
              for (int i = 0; i < SIZE; i++) {
                double[] s = {state[0][i], state[1][i]};
                moments(s, g[i], 0.9, 0.999);
                state[0][i] = s[0];
                state[1][i] = s[1];
                double mean = s[0] / (1 - Math.pow(0.9, t));
                r[i] = mean / (Math.sqrt(s[1] / (1 - Math.pow(0.999, t))) + 1e-6) + 0.1 * p[i];
              }
              double ratio = norm(p) / norm(r);
              for (int i = 0; i < SIZE; i++) {
                p[i] -= rate * ratio * r[i];
              }
            }),
        new Rules(new Adafactor(0.3, -0.8, 1e-3, 1e-3, 1.2, 0.1), Rules::adafactor),
        new Rules(new Muon(0.05), Rules::muon));
  }

  private static void adafactor(double[] p, double[] g, double[][] state, double rate, int t) {
    double w = Math.pow(t, -0.8);
    double[] rows = state[0];
    double[] columns = state[1];
    double meanOfRows = 0;
    for (int i = 0; i < ROWS; i++) {
      double mean = 0;
      for (int j = 0; j < COLUMNS; j++) {
        mean += g[i * COLUMNS + j] * g[i * COLUMNS + j] / COLUMNS;
      }
      rows[i] = (1 - w) * rows[i] + w * mean;
      meanOfRows += rows[i] / ROWS;
    }
    for (int j = 0; j < COLUMNS; j++) {
      double mean = 0;
      for (int i = 0; i < ROWS; i++) {
        mean += g[i * COLUMNS + j] * g[i * COLUMNS + j] / ROWS;
      }
      columns[j] = (1 - w) * columns[j] + w * mean;
    }
    double[] u = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      double v = rows[i / COLUMNS] * columns[i % COLUMNS] / Math.max(meanOfRows, 1e-3);
      u[i] = g[i] / Math.sqrt(Math.max(v, 1e-6));
    }
    double scale = Math.max(1e-3, norm(p) / Math.sqrt(SIZE)) * Math.min(rate, 1 / Math.sqrt(t));
    double excess = Math.max(1, norm(u) / Math.sqrt(SIZE) / 1.2);
    for (int i = 0; i < SIZE; i++) {
      p[i] = p[i] * (1 - rate * 0.1) - scale * u[i] / excess;
    }
  }

  private static void muon(double[] p, double[] g, double[][] state, double rate, int t) {
    double[][] x = new double[ROWS][COLUMNS];
    double[] update = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      state[0][i] = 0.95 * state[0][i] + 0.05 * g[i];
      update[i] = 0.05 * g[i] + 0.95 * state[0][i];
    }
    for (int i = 0; i < SIZE; i++) {
      x[i / COLUMNS][i % COLUMNS] = update[i] / Math.max(norm(update), 1e-7);
    }
    for (int k = 0; k < 5; k++) {
      double[][] a = product(x, transposed(x));
      double[][] aa = product(a, a);
      double[][] polynomial = new double[ROWS][ROWS];
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < ROWS; j++) {
          polynomial[i][j] = -4.7750 * a[i][j] + 2.0315 * aa[i][j] + (i == j ? 3.4445 : 0);
        }
      }
      x = product(polynomial, x);
    }
    for (int i = 0; i < SIZE; i++) {
      p[i] = p[i] * (1 - rate * 0.1) - rate * x[i / COLUMNS][i % COLUMNS];
    }
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double[][] transposed(double[][] a) {
    double[][] b = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        b[j][i] = a[i][j];
      }
    }
    return b;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private static void moments(double[] s, double g, double b1, double b2) {
    s[0] = b1 * s[0] + (1 - b1) * g;
    s[1] = b2 * s[1] + (1 - b2) * g * g;
  }

  private static double adam(
      double p, double g, double[] s, double rate, int t, double b1, double b2, double epsilon) {
    moments(s, g, b1, b2);
    double first = s[0] / (1 - Math.pow(b1, t));
    double root = Math.sqrt(s[1]) / Math.sqrt(1 - Math.pow(b2, t));
    return p - rate * first / (root + epsilon);
  }

  /** A gradient that depends on nothing but the step, with a row of zeros now and then. */
  static double[] gradient(int t) {
    return IntStream.range(0, SIZE)
        .mapToDouble(i -> t % 2 == 1 && i / COLUMNS == 1 ? 0 : Math.sin(i * 1.3 + t * 0.9) + 0.2)
        .toArray();
  }

  /** Whether the rule takes nothing but matrices. */
  boolean isForMatrices() {
    return rule instanceof Muon;
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
