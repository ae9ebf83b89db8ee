package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import java.util.List;

/** L2.1: what a neuron does with its weighted sum, and how steep that is. */
final class ActivationFunctions {
  private static final double ALPHA = 0.1;
  private static final double EPSILON = 0.1;
  private static final double TOLERANCE = 1e-12;

  private static final Elementwise STEP =
      Elementwise.of(x -> x.greaterEqual(0).where(Formula.ONE, Formula.ZERO));
  private static final Elementwise ABOVE_ZERO =
      Elementwise.of(x -> x.greater(0).where(Formula.ONE, Formula.ZERO));

  private static final FunctionWithSlope SIGMOID =
      new FunctionWithSlope(
          "sigmoid",
          x -> x.neg().exp().add(1).reciprocal(),
          "s (1 - s)",
          x -> x.sigmoid().mul(x.sigmoid().neg().add(1)));
  private static final FunctionWithSlope TANH =
      new FunctionWithSlope(
          "tanh", x -> x.tanh(), "1 - tanh^2", x -> x.tanh().square().neg().add(1));
  private static final FunctionWithSlope RELU =
      new FunctionWithSlope("ReLU", x -> x.relu(), "1 where x > 0, else 0", ABOVE_ZERO::applyTo);
  private static final FunctionWithSlope LEAKY =
      new FunctionWithSlope(
          "leaky ReLU, max(alpha x, x)",
          x -> x.mul(ALPHA).maximum(x),
          "1 where x > 0, else alpha",
          x -> ABOVE_ZERO.applyTo(x).mul(1 - ALPHA).add(ALPHA));
  private static final FunctionWithSlope LEAKY_AS_SUM =
      new FunctionWithSlope(
          "leaky ReLU, eps x + (1 - eps) max(0, x)",
          x -> x.mul(EPSILON).add(x.maximum(0).mul(1 - EPSILON)),
          "eps, and 1 - eps more where x > 0",
          x -> ABOVE_ZERO.applyTo(x).mul(1 - EPSILON).add(EPSILON));
  private static final FunctionWithSlope SOFTPLUS =
      new FunctionWithSlope(
          "softplus", x -> x.exp().add(1).log(), "the sigmoid of x", x -> x.sigmoid());

  private static final List<FunctionWithSlope> ALL =
      List.of(
          new FunctionWithSlope("step", STEP::applyTo, "0 wherever there is one", x -> x.mul(0)),
          SIGMOID,
          TANH,
          RELU,
          LEAKY,
          LEAKY_AS_SUM,
          SOFTPLUS);

  private ActivationFunctions() {}

  static void run(Notebook notebook) {
    notebook.text(
        "A neuron passes its weighted sum z through an activation. Without one a network of any"
            + " depth is a single linear map (L1.7); with one the chain rule multiplies the"
            + " gradient by the activation's derivative at every layer. Where that derivative is 0"
            + " nothing is learned: the step's is 0 everywhere, and those of the sigmoid and of"
            + " tanh vanish far from 0.");
    notebook.text(
        "Below, each function is written as a formula and differentiated by the reverse pass; the"
            + " derivative that the lecture finds by hand is computed beside it. Both agree to"
            + " 1e-12 at 400 points.");
    Tensor x = Tensor.linspace(DType.FLOAT64, -4, 4, 400); // 0, where some have a kink, is not one
    ALL.forEach(activation -> activation.show(notebook, "x", x));
    numbersAtZero(notebook, x);
    leaky(notebook, x);
    SoftmaxOfScores.show(notebook, x);
  }

  private static void numbersAtZero(Notebook notebook, Tensor all) {
    notebook.text(
        "At 0, where it is steepest, a sigmoid passes a quarter of the gradient on, so that ten of"
            + " them in a row leave less than a millionth of it, weights aside; tanh passes on all"
            + " of it there. ReLU has no derivative at its kink; 0 is the usual convention, here"
            + " too.");
    Tensor zero = Tensor.of(0.0);
    notebook.number("sigmoid(0)", SIGMOID.function().apply(zero).item());
    notebook.number("sigmoid'(0)", SIGMOID.derivative(zero).item());
    notebook.number("tanh'(0)", TANH.derivative(zero).item());
    notebook.number("ReLU'(0)", RELU.derivative(zero).item());
    notebook.number("softplus(0)", SOFTPLUS.function().apply(zero).item());
    notebook.claim(
        "the sigmoid's derivative is at most 1/4", SIGMOID.derivative(all).max().item() <= 0.25);
  }

  private static void leaky(Notebook notebook, Tensor x) {
    notebook.text(
        "The lecture writes the leaky ReLU in two ways; for alpha = eps they are one function,"
            + " which the library has as leakyRelu. Softplus is a ReLU without the kink: it is"
            + " nowhere more than log 2 above it.");
    Tensor one = LEAKY.function().apply(x);
    notebook.claim(
        "max(alpha x, x) and eps x + (1 - eps) max(0, x) are the same function",
        Difference.largest(one, LEAKY_AS_SUM.function().apply(x)) <= TOLERANCE
            && Difference.largest(one, x.leakyRelu(ALPHA)) <= TOLERANCE);
    Tensor above = SOFTPLUS.function().apply(x).sub(x.relu());
    notebook.claim(
        "softplus is above ReLU, by at most log 2",
        above.min().item() > 0 && above.max().item() <= Math.log(2));
    notebook.picture(
        "ReLU and its relatives.",
        FunctionWithSlope.together(
            "ReLU and its relatives", "x", x, List.of(RELU, LEAKY, SOFTPLUS)));
  }
}
