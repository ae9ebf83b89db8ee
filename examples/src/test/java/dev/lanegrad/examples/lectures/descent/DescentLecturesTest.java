package dev.lanegrad.examples.lectures.descent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.RecordedNotebook;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L2.1 to L2.5: what the lectures say of activations, losses and descent. */
class DescentLecturesTest {
  @Test
  void activations() {
    RecordedNotebook notebook = RecordedNotebook.of("L2.1");
    notebook.assertNumber("sigmoid(0)", 0.5);
    notebook.assertNumber("sigmoid'(0)", 0.25);
    notebook.assertNumber("tanh'(0)", 1);
    notebook.assertNumber("ReLU'(0)", 0);
    notebook.assertNumber("softplus(0)", Math.log(2));
    notebook.assertClaimed(
        "the derivative of step is 0 wherever there is one",
        "the derivative of sigmoid is s (1 - s)",
        "the derivative of tanh is 1 - tanh^2",
        "the derivative of ReLU is 1 where x > 0, else 0",
        "the derivative of leaky ReLU, max(alpha x, x) is 1 where x > 0, else alpha",
        "the derivative of leaky ReLU, eps x + (1 - eps) max(0, x)"
            + " is eps, and 1 - eps more where x > 0",
        "the derivative of softplus is the sigmoid of x",
        "max(alpha x, x) and eps x + (1 - eps) max(0, x) are the same function",
        "softmax is not negative",
        "softmax sums to 1",
        "softmax of the scores x and 0 is the sigmoid of x",
        "the derivative of softmax is p_i (1 - p_i) on the diagonal and -p_i p_j elsewhere",
        "the sigmoid's derivative is at most 1/4",
        "softplus is above ReLU, by at most log 2");

    List<Picture> pictures = pictures(notebook);
    assertEquals(9, pictures.size(), "of seven activations, of the ReLUs together, of softmax");
    Curves step = (Curves) pictures.getFirst();
    assertEquals(List.of("function", "derivative"), names(step));
    assertEquals(0, step.series().getFirst().y()[0]);
    assertEquals(1, step.series().getFirst().y()[399]);
  }

  /** Every curve of a lecture's pictures has points. */
  private static List<Picture> pictures(RecordedNotebook notebook) {
    for (Picture picture : notebook.pictures()) {
      if (picture instanceof Curves curves) {
        curves.series().forEach(s -> assertTrue(s.x().length > 1, curves.title() + ": " + s));
      }
    }
    return notebook.pictures();
  }

  private static List<String> names(Curves curves) {
    return curves.series().stream().map(series -> series.name()).toList();
  }

  @Test
  void losses() {
    RecordedNotebook notebook = RecordedNotebook.of("L2.2");
    notebook.assertNumber("sum of squares over two outputs", 0.74 * 0.74 + 0.22 * 0.22);
    notebook.assertNumber("cost of the four", (0.25 + 0 + 4 + 9) / 4);
    notebook.assertClaimed(
        "the derivative of absolute error is sign(yhat - y)",
        "the derivative of |y - yhat| with respect to y is -1 where y < yhat, else 1",
        "with respect to yhat it is sign(yhat - y)",
        "the derivative of squared error is 2 (yhat - y)",
        "the derivative of Huber loss is yhat - y, cut off at -delta and delta",
        "the gradient of the sum of squares is 2 (yhat - y), output by output",
        "a step with rate 1/2 leads straight to the target",
        "the derivative of binary cross-entropy for y = 1 is -1 / a",
        "the derivative of binary cross-entropy for y = 0 is 1 / (1 - a)",
        "the derivative of binary cross-entropy of the sigmoid of z for y = 1 is a - y",
        "the derivative of cross-entropy of the softmax of (z, 0, 0) for class 0 is p_0 - 1",
        "the gradient of the categorical cross-entropy is softmax - one-hot,"
            + " over the examples",
        "categorical cross-entropy is the mean of -log p of the true class",
        "the derivative of hinge loss for y = 1 is -y where y z < 1, else 0",
        "the derivative of perceptron loss for y = 1 is -y where y z < 0, else 0",
        "the cost is the mean of the losses",
        "the gradient of the cost is the mean of the gradients of the losses");
    assertEquals(9 + 2, pictures(notebook).size());
  }

  @Test
  void parabola() {
    RecordedNotebook notebook = RecordedNotebook.of("L2.3");
    notebook.assertNumber("step factor for alpha = 0.3", 0.4);
    notebook.assertNumber("step factor for alpha = 1.5", -2);
    notebook.assertNumber("x after 20 steps with alpha = 0.3", Math.pow(0.4, 20));
    notebook.assertNumber("x after 20 steps with alpha = 1.5", 1 << 20);
    notebook.assertClaimed(
        "alpha = 0.3 converges", "alpha = 1.5 diverges", "the optimizer SGD takes the same steps");
    assertEquals(List.of(0.5, 0.0, 0.0, 0.0), notebook.table("Learning rates").get(2));
    assertEquals(3, pictures(notebook).size());
  }

  @Test
  void newton() {
    RecordedNotebook notebook = RecordedNotebook.of("L2.4");
    notebook.assertClaimed(
        "on a quadratic one step of Newton's method suffices",
        "with lambda = 0.5 it goes half the way",
        "on logistic regression Newton's method needs less than a tenth of the iterations",
        "both find the same weights, to 0.01",
        "the Hessian of the quadratic is A",
        "the library's Newton takes the same steps");
    notebook.assertNumber("iterations of Newton's method", 5, 0);
    assertTrue(notebook.number("iterations of gradient descent at the best of these rates") > 100);
    assertEquals(2, pictures(notebook).stream().filter(p -> p instanceof Contours).count());
  }

  @Test
  void regularisedCost() {
    RecordedNotebook notebook = RecordedNotebook.of("L2.5");
    notebook.assertClaimed(
        "R(W) falls as lambda grows",
        "the mean loss rises as lambda grows",
        "the lowest J rises as lambda grows",
        "the validation loss is lowest between the extremes",
        "the gradient of R(W) is 2 W",
        "a step on J is a step on the mean loss with weight decay 2 lambda");
    for (List<?> row : notebook.table("The minimum of J")) {
      double lambda = (double) row.get(0);
      double penalised = (double) row.get(1) + lambda * (double) row.get(2);
      assertEquals(penalised, (double) row.get(3), 1e-9, "lambda = " + lambda);
    }
    assertEquals(2, pictures(notebook).size());
  }
}
