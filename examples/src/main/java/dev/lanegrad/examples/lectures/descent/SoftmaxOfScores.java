package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import java.util.List;
import java.util.stream.IntStream;

/** The activation of L2.1 that takes a whole vector. */
final class SoftmaxOfScores {
  private static final double TOLERANCE = 1e-12;

  private SoftmaxOfScores() {}

  static void show(Notebook notebook, Tensor x) {
    notebook.text(
        "Softmax makes probabilities of a vector of scores: p_i = e^x_i / sum of e^x_j. Each"
            + " depends on all scores, so its derivative is a matrix, p_i (1 - p_i) where i = j and"
            + " -p_i p_j elsewhere. With the two scores x and 0 the first probability is the"
            + " sigmoid of x.");
    Tensor zeros = x.mul(0);
    Tensor scores = Tensor.stack(1, List.of(x, zeros, zeros.add(1)));
    Tensor p = scores.softmax(1);
    notebook.claim("softmax is not negative", p.min().item() >= 0);
    notebook.claim("softmax sums to 1", Difference.largest(p.sum(1), zeros.add(1)) <= TOLERANCE);
    Tensor ofTwo = Tensor.stack(1, List.of(x, zeros)).softmax(1).select(1, 0);
    notebook.claim(
        "softmax of the scores x and 0 is the sigmoid of x",
        Difference.largest(ofTwo, x.sigmoid()) <= TOLERANCE);

    Tensor some = Tensor.of(1.0, 0.0, -0.5);
    Tensor q = some.softmax(0);
    Tensor byHand = Tensor.eye(DType.FLOAT64, 3).mul(q).sub(q.unsqueeze(1).mul(q));
    List<Tensor> rows =
        IntStream.range(0, 3)
            .mapToObj(i -> Autodiff.grad(s -> s.softmax(0).select(0, i)).apply(some))
            .toList();
    notebook.claim(
        "the derivative of softmax is p_i (1 - p_i) on the diagonal and -p_i p_j elsewhere",
        Difference.largest(Tensor.stack(0, rows), byHand) <= TOLERANCE);

    Tensor slope = Autodiff.grad(s -> s.softmax(1).select(1, 0).sum()).apply(scores);
    notebook.picture(
        "Softmax of the scores (x, 0, 1): three probabilities, and the derivative of the first"
            + " with respect to x.",
        Curves.of(
                "softmax of (x, 0, 1)",
                FunctionWithSlope.series("of x", x, p.select(1, 0)),
                FunctionWithSlope.series("of 0", x, p.select(1, 1)),
                FunctionWithSlope.series("of 1", x, p.select(1, 2)),
                FunctionWithSlope.series("slope of x", x, slope.select(1, 0)))
            .axes(Axis.linear("x"), Axis.linear("probability")));
  }
}
