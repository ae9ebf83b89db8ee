package dev.lanegrad.examples;

import dev.lanegrad.optim.ASGD;
import dev.lanegrad.optim.Adadelta;
import dev.lanegrad.optim.Adafactor;
import dev.lanegrad.optim.Adagrad;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.optim.Adamax;
import dev.lanegrad.optim.LAMB;
import dev.lanegrad.optim.Lion;
import dev.lanegrad.optim.NAdam;
import dev.lanegrad.optim.RAdam;
import dev.lanegrad.optim.RMSprop;
import dev.lanegrad.optim.Rprop;
import dev.lanegrad.optim.Rule;
import dev.lanegrad.optim.SGD;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** What {@code --optimizer} may be: rules that need no more than a learning rate. */
enum OptimizerName {
  SGD(SGD::new),
  ADAM(Adam::new),
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
  LION(Lion::new),
  LAMB(LAMB::new);

  private final DoubleFunction<Rule> maker;

  OptimizerName(DoubleFunction<Rule> maker) {
    this.maker = maker;
  }

  Rule rule(double learningRate) {
    return maker.apply(learningRate);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
