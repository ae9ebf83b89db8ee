package dev.lanegrad.examples.lectures.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.RecordedNotebook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L1, neurons and linear models. */
class NeuronLecturesTest {
  @Test
  void thresholdUnitsAreAndOrNot() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.1");
    assertEquals(
        List.of(
            List.of(0.0, 0.0, 0.0, 0.0),
            List.of(0.0, 1.0, 1.0, 0.0),
            List.of(1.0, 0.0, 1.0, 0.0),
            List.of(1.0, 1.0, 2.0, 1.0)),
        notebook.table("AND: weights 1 and 1, θ = 2"));
    assertEquals(
        List.of(List.of(0.0, 0.0, 1.0), List.of(1.0, -1.0, 0.0)),
        notebook.table("NOT: weight -1, θ = 0"));
    assertEquals(1.0, notebook.table("OR: weights 1 and 1, θ = 1").get(1).getLast());
    notebook.assertClaimed(
        "one unit is AND",
        "one unit is OR",
        "one unit is NOT",
        "the same thresholds, n and 1, do for AND and OR of 5 inputs",
        "no unit with weights and threshold from -2 to 2 in steps of 0.1 is XOR");
    assertEquals(2, notebook.pictures().size());
  }

  @Test
  void thePerceptronEndsOnSeparableClassesAndNeverOnXor() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.2");
    notebook.assertClaimed(
        "it ends on classes that a line separates",
        "there are at most (R/γ)² updates",
        "on XOR none of 1,000 passes is without a mistake",
        "on XOR the weights repeat, so it never ends");
    int updates =
        notebook.table("Mistakes").stream().mapToInt(row -> (Integer) row.getLast()).sum();
    notebook.assertNumber("updates until it ends", updates);
    assertTrue(updates > 10, () -> updates + " updates");
  }

  @Test
  void theDeltaRuleEndsAtLeastSquares() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.3");
    notebook.assertNumber("error", 1);
    notebook.assertNumber("w1 after the step", 1.75);
    notebook.assertNumber("w2 after the step", 2.5);
    notebook.assertNumber("w1 of least squares", 0.5, 0.1);
    notebook.assertNumber("w2 of least squares", -1.5, 0.1);
    notebook.assertClaimed(
        "the smaller the rate, the nearer it ends to least squares",
        "with η = 0.001 it ends within 0.001 of the closed form",
        "with falling rates it ends nearer than with η = 0.1");
  }

  @Test
  void gradientDescentFindsTheLine() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.4");
    for (String weight : List.of("w0", "w1")) {
      notebook.assertNumber(
          weight + " after 100 steps with α = 0.2",
          notebook.number(weight + " of the closed form"),
          1e-6);
    }
    assertEquals(
        notebook.number("sum of squares there"),
        30 * notebook.number("mean squared error there"),
        1e-12);
    notebook.assertClaimed(
        "gradient descent ends at the closed form (to 1e-6)",
        "the gradient is 2/m Xᵀ(Xw - y) (to 1e-12)",
        "below 2/λ it converges",
        "above 2/λ it diverges",
        "with five inputs too it ends at the closed form (to 1e-6)");
    assertEquals(6, notebook.table("Five inputs").size());
  }

  @Test
  void logisticRegressionIsMaximumLikelihood() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.5");
    notebook.assertClaimed(
        "∂L/∂w is the mean of (p - y) x (to 1e-12)",
        "the likelihood rises in every step",
        "at its top the gradient is 0 (to 1e-4)",
        "the probabilities add up to the examples of class 1 (to 0.01)");
    assertTrue(notebook.number("accuracy") > 0.85);
    assertEquals(3, notebook.pictures().size());
  }

  @Test
  void threeAscentsOfTheSameLikelihood() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.6");
    notebook.assertNumber("mean log-likelihood at the start, -log 3", -Math.log(3));
    notebook.assertClaimed(
        "batch ascent rises in every step",
        "stochastic ascent falls in many steps, mini-batch ascent in fewer",
        "after one epoch stochastic and mini-batch ascent are higher than batch ascent",
        "after 12 epochs mini-batch ascent is the nearest to the top",
        "the probabilities of each example add up to 1 (to 1e-12)");
    assertEquals(
        List.of(1, 150, 10),
        notebook.table("Mean log-likelihood").stream().<Object>map(row -> row.get(1)).toList());
  }

  @Test
  void twoLinearLayersAreOne() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.7");
    notebook.assertNumber("weights and biases of two layers, 3-5-2", 32);
    notebook.assertNumber("weights and biases of the one, 3-2", 8);
    notebook.assertClaimed(
        "two linear layers equal the one of the product (to 1e-12)",
        "without a ReLU the network is linear (to 1e-12)",
        "with a ReLU between it is not",
        "with a ReLU between it differs from the one layer");
  }

  @Test
  void ringsAreSeparatedInTheRightCoordinates() {
    RecordedNotebook notebook = RecordedNotebook.of("L1.8");
    notebook.assertClaimed("in (x, y) a perceptron makes mistakes in each of 200 passes");
    notebook.assertNumber("part of the points that r < 0.75 tells apart", 1);
    notebook.assertClaimed(
        "in polar coordinates one threshold separates the rings",
        "in polar coordinates a perceptron ends");
    notebook.assertNumber("accuracy of the network", 1);
    notebook.assertClaimed(
        "the network separates the rings", "on what it has learned a perceptron ends");
    assertEquals(4, notebook.pictures().size());
  }
}
