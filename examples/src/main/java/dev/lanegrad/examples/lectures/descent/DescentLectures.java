package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L2: activations, losses, descent. */
public final class DescentLectures {
  public static final List<Lecture> ALL =
      List.of(
          new Lecture(
              "L2.1",
              "Activations with their derivatives",
              "step, sigmoid, tanh, ReLU, leaky ReLU, softplus and softmax",
              ActivationFunctions::run),
          new Lecture(
              "L2.2",
              "Losses with their derivatives",
              "for regression and for classes; loss of an example, cost of a set",
              LossFunctions::run),
          new Lecture(
              "L2.3",
              "Gradient descent on x^2",
              "one learning rate converges, another diverges",
              ParabolaDescent::run),
          new Lecture(
              "L2.4",
              "Newton's method",
              "with the Hessian one step suffices on a quadratic, few on logistic regression",
              NewtonsMethod::run),
          new Lecture(
              "L2.5",
              "Regularised cost",
              "mean loss + lambda R(W), over lambda",
              RegularisedCost::run));

  private DescentLectures() {}
}
