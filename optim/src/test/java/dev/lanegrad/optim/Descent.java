package dev.lanegrad.optim;

import java.util.List;

/**
 * A rule with settings with which it finds minima.
 *
 * @param bowl for a parabola, in 1,000 steps
 * @param valley for Rosenbrock's function from (0, 0), in 10,000 steps
 * @param anneals whether the rate falls along half a cosine, for steps that do not get shorter by
 *     themselves
 */
record Descent(Rule bowl, Rule valley, boolean anneals) {
  /** The table: a new rule is one row. */
  static final List<Descent> ALL =
      List.of(
          new Descent(new SGD(0.1), new SGD(1e-3, 0.9), false),
          new Descent(new SGD(0.02, 0.9, true, 0), new SGD(1e-3, 0.9, true, 0), false),
          new Descent(new Adam(0.05), new Adam(0.02), false),
          new Descent(new AdamW(0.05), new AdamW(0.02).withWeightDecay(0), false),
          new Descent(new Adamax(0.05), new Adamax(0.02), false),
          new Descent(new NAdam(0.05), new NAdam(0.02), false),
          new Descent(new RAdam(0.05), new RAdam(0.02), false),
          new Descent(new Adagrad(0.5), new Adagrad(0.5), false),
          new Descent(
              new Adadelta(1).withEpsilon(1e-4),
              new Adadelta(2).withRho(0.999).withEpsilon(1e-5),
              false),
          new Descent(new RMSprop(0.01), new RMSprop(1e-3), false),
          new Descent(new Rprop(0.01), new Rprop(0.01), false),
          new Descent(new ASGD(0.1), new ASGD(2e-3).withLambda(0), false),
          new Descent(new SparseAdam(0.05), new SparseAdam(0.02), false),
          new Descent(new Lion(0.01), new Lion(0.005), true),
          new Descent(new LAMB(0.02), new LAMB(0.01), true),
          new Descent(new Adafactor(0.1), new Adafactor(0.03), true));
}
