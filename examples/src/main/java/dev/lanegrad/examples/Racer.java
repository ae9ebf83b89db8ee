package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.ASGD;
import dev.lanegrad.optim.Adadelta;
import dev.lanegrad.optim.Adafactor;
import dev.lanegrad.optim.Adagrad;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.optim.Adamax;
import dev.lanegrad.optim.LAMB;
import dev.lanegrad.optim.LBFGS;
import dev.lanegrad.optim.Lion;
import dev.lanegrad.optim.Muon;
import dev.lanegrad.optim.NAdam;
import dev.lanegrad.optim.Newton;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.RAdam;
import dev.lanegrad.optim.RMSprop;
import dev.lanegrad.optim.Rprop;
import dev.lanegrad.optim.Rule;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.SparseAdam;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All optimizers that go down a function, with their defaults but for one setting, of which each
 * takes the best on a ladder. (The lectures' perceptron and delta rules learn from one example at a
 * time, and only a linear unit.)
 */
enum Racer {
  SGD(SGD::new),
  MOMENTUM(rate -> new SGD(rate, 0.9)),
  NESTEROV(rate -> new SGD(rate, 0.9, true, 0)),
  ADAM(Adam::new),
  AMSGRAD(rate -> new Adam(rate).withAmsgrad(true)),
  ADAMW(AdamW::new),
  ADAMAX(Adamax::new),
  NADAM(NAdam::new),
  RADAM(RAdam::new),
  ADAGRAD(Adagrad::new),
  ADADELTA(Adadelta::new),
  ADAFACTOR(Adafactor::new),
  RMSPROP(RMSprop::new),
  RPROP(Rprop::new),
  ASGD(ASGD::new),
  SPARSEADAM(SparseAdam::new),
  LION(Lion::new),
  LAMB(LAMB::new),
  MUON(Muon::new),

  /** An iteration is a step, and a line search finds how long it is. */
  LBFGS {
    @Override
    List<Double> ladder() {
      return List.of(1.0);
    }

    @Override
    Mover on(Parameter p, double rate) {
      return new LBFGS(List.of(p), OPTIONS.withLearningRate(rate))::step;
    }
  },

  /** The setting is what is added to the Hessian's diagonal. */
  NEWTON {
    @Override
    List<Double> ladder() {
      return List.of(0.0, 0.1, 1.0, 10.0);
    }

    @Override
    Mover on(Parameter p, double damping) {
      return new Newton(List.of(p), Newton.Options.DEFAULT.withDamping(damping))::step;
    }
  };

  private static final List<Double> RATES =
      List.of(1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0);

  /** Spelled out, for the constant hides the class. */
  private static final LBFGS.Options OPTIONS =
      dev.lanegrad.optim.LBFGS.Options.DEFAULT
          .withMaxIterations(1)
          .withMaxEvaluations(25)
          .withStrongWolfe(true);

  private final @Nullable DoubleFunction<Rule> rule;

  Racer(DoubleFunction<Rule> rule) {
    this.rule = rule;
  }

  Racer() {
    this.rule = null;
  }

  /** Makes a step down a function, and says what that was before. */
  @FunctionalInterface
  interface Mover {
    double step(Supplier<Tensor> loss);
  }

  /** The settings that are tried. */
  List<Double> ladder() {
    return RATES;
  }

  /** A new optimizer with a setting. */
  Mover on(Parameter p, double setting) {
    Optimizer optimizer = new Optimizer(List.of(p), rule(setting));
    return loss -> {
      Tensor value = loss.get();
      optimizer.step(value.backward());
      return value.item();
    };
  }

  /**
   * What updates by a gradient.
   *
   * @throws IllegalStateException if this computes the loss itself
   */
  Rule rule(double rate) {
    if (rule == null) {
      throw new IllegalStateException(this + " has no rule");
    }
    return rule.apply(rate);
  }

  boolean hasRule() {
    return rule != null;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
