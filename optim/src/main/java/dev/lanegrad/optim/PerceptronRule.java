package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rosenblatt's rule: an example x of class y = 1 or -1 on the wrong side, y (w.x + b) &le; 0, is
 * added to the weights or subtracted from them, w = w + y x, b = b + y. It ends on classes that a
 * plane separates, and on no others. On which side an example lies is decided in Java: not a
 * recorded step.
 *
 * <pre>{@code
 * PerceptronRule rule = new PerceptronRule(weights, bias);
 * int mistakes = rule.pass(examples, labels);
 * while (mistakes > 0) {
 *   mistakes = rule.pass(examples, labels);
 * }
 * }</pre>
 *
 * <p>Source: Rosenblatt, "The perceptron: a probabilistic model for information storage and
 * organization in the brain", 1958, <a href="https://doi.org/10.1037/h0042519">Psychol. Rev.
 * 65(6):386-408</a>; Novikoff, "On convergence proofs on perceptrons", 1962.
 */
public final class PerceptronRule {
  private final LinearRule unit;

  /** A unit without a bias. */
  public PerceptronRule(Parameter weights) {
    this(weights, null);
  }

  /**
   * A unit.
   *
   * @param weights n numbers of any shape
   * @param bias one number, or null for none
   * @throws IllegalArgumentException if the bias is not one number of the same dtype
   */
  public PerceptronRule(Parameter weights, @Nullable Parameter bias) {
    this.unit = new LinearRule("PerceptronRule", weights, bias);
  }

  /**
   * Learns from one example.
   *
   * @param x n numbers
   * @param label 1 or -1
   * @return whether it was on the wrong side, so that weights have changed
   * @throws ShapeException if there are not n numbers
   * @throws IllegalArgumentException if the label is neither 1 nor -1
   */
  public boolean step(Tensor x, double label) {
    Objects.requireNonNull(x, "PerceptronRule: x is null");
    if (label != 1 && label != -1) {
      throw new IllegalArgumentException("PerceptronRule: labels are 1 and -1, not " + label);
    }
    boolean isWrong = label * unit.output(x) <= 0;
    if (isWrong) {
      unit.add(x, label);
    }
    return isWrong;
  }

  /**
   * Learns from all examples in their order.
   *
   * @param examples [m, n]
   * @param labels [m] of 1 and -1
   * @return how many were on the wrong side; 0 means that it has ended
   * @throws ShapeException if the shapes are not these
   * @throws IllegalArgumentException if a label is neither 1 nor -1
   */
  public int pass(Tensor examples, Tensor labels) {
    unit.requirePairs(examples, labels, "labels");
    double[] classes = labels.toDoubleArray();
    int mistakes = 0;
    for (int i = 0; i < classes.length; i++) {
      mistakes += step(examples.select(0, i), classes[i]) ? 1 : 0;
    }
    return mistakes;
  }

  @Override
  public String toString() {
    return unit.toString();
  }
}
