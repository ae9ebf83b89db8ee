package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** L3.1: h(x) = (2 (x + 1))^2, taken apart. */
final class ComposedSquare {
  private ComposedSquare() {}

  static void run(Notebook notebook) {
    notebook.text(
        "A computational graph takes an expression apart into steps that are simple enough to"
            + " differentiate. h(x) = (2 (x + 1))^2 has three: f = x + 1, g = 2 f and h = g^2. The"
            + " forward pass computes their values from x on.");
    Tensor x = Tensor.scalar(DType.FLOAT64, 2).requiresGrad();
    Tensor f = x.add(1);
    Tensor g = f.mul(2);
    Tensor h = g.square();
    notebook.number("f", "3", f.item());
    notebook.number("g", "6", g.item());
    notebook.number("h", "36", h.item());

    notebook.text(
        "The reverse pass goes back from h, whose derivative with respect to itself is 1, and"
            + " multiplies by one local derivative at each step: dh/dg = 2 g, dg/df = 2, df/dx = 1."
            + " That is the chain rule, with every factor taken from the values that the forward"
            + " pass left.");
    List<Tensor> gradients = Autodiff.gradients(h, g, f, x);
    notebook.number("dh/dg", "12", gradients.get(0).item());
    notebook.number("dh/df", "24", gradients.get(1).item());
    notebook.number("dh/dx", "24", gradients.get(2).item());

    notebook.text("Multiplied out, h(x) = 4 x^2 + 8 x + 4, whose derivative is 8 x + 8.");
    UnaryOperator<Tensor> function = t -> t.add(1).mul(2).square();
    Tensor many = Tensor.linspace(DType.FLOAT64, -3, 3, 13);
    Tensor slopes = Autodiff.grad(t -> function.apply(t).sum()).apply(many);
    notebook.claim(
        "the gradient is that of the closed form, 8 x + 8, at any x",
        Difference.largest(slopes, many.mul(8).add(8)) <= 1e-12);
    DrawnGraph.show(
        notebook,
        "h(x) = (2 (x + 1))^2 at x = 2",
        Map.of("x", x),
        () -> {
          Tensor first = GraphView.name(x.add(1), "f");
          Tensor second = GraphView.name(first.mul(2), "g");
          return GraphView.name(second.square(), "h");
        });
  }
}
