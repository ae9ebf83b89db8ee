package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A function of one number, element by element, and its derivative as it is found by hand.
 *
 * @param name of the function
 * @param function as a program
 * @param formula of the derivative, in words that the lecture uses
 * @param slope the same as a program
 */
record FunctionWithSlope(
    String name, UnaryOperator<Tensor> function, String formula, UnaryOperator<Tensor> slope) {
  private static final double TOLERANCE = 1e-12;

  /** The derivative at each element of x, by the reverse pass: one sum has all of them. */
  Tensor derivative(Tensor x) {
    return Autodiff.grad(numbers -> function.apply(numbers).sum()).apply(x);
  }

  /** Shows function and derivative over x, and claims that the formula says the same. */
  void show(Notebook notebook, String axis, Tensor x) {
    notebook.picture(
        "%s and its derivative, %s.".formatted(name, formula),
        Curves.of(
                name,
                series("function", x, function.apply(x)),
                series("derivative", x, derivative(x)))
            .axes(Axis.linear(axis), Axis.linear("")));
    notebook.claim(
        "the derivative of %s is %s".formatted(name, formula),
        Difference.largest(derivative(x), slope.apply(x)) <= TOLERANCE);
  }

  static Series series(String name, Tensor x, Tensor y) {
    return new Series(name, x.toDoubleArray(), y.toDoubleArray());
  }

  /** Several functions in one picture. */
  static Curves together(String title, String axis, Tensor x, List<FunctionWithSlope> functions) {
    return Curves.of(
            title, functions.stream().map(f -> series(f.name, x, f.function.apply(x))).toList())
        .axes(Axis.linear(axis), Axis.linear(""));
  }
}
