package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import java.util.ArrayList;
import java.util.List;

/** L1.4, second half: the same lines of code with several inputs, only the shapes are others. */
final class SeveralInputs {
  private SeveralInputs() {}

  static void run(Notebook notebook, int steps) {
    RandomKey key = new RandomKey(8);
    Tensor inputs = key.normal(DType.FLOAT64, 200, 5);
    Tensor truth = Tensor.of(3.0, 1, -2, 0.5, 0, 4);
    Tensor x = Tensor.concat(1, List.of(Tensor.ones(DType.FLOAT64, 200, 1), inputs));
    Tensor noise = key.next().normal(DType.FLOAT64, 200).mul(0.1);
    LinearExamples examples = new LinearExamples(x, x.mul(truth).sum(1).add(noise));
    Tensor exact = LeastSquares.solution(examples.x(), examples.y());
    Tensor end = examples.descent(0.3, steps).getLast();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      rows.add(
          List.of(
              "w" + i,
              truth.select(0, i).item(),
              exact.select(0, i).item(),
              end.select(0, i).item()));
    }
    notebook.text(
        "With n inputs nothing changes but the shapes: ŷ = w0 + w1 x1 + … + wn xn. Two hundred"
            + " examples with five inputs, made with known weights and a little noise:");
    notebook.table(
        "Five inputs",
        List.of("", "made with", "closed form", "after 100 steps with α = 0.3"),
        rows);
    notebook.claim(
        "with five inputs too it ends at the closed form (to 1e-6)",
        end.sub(exact).abs().max().item() < 1e-6);
    notebook.claim(
        "the closed form finds the weights to within the noise",
        exact.sub(truth).abs().max().item() < 0.03);
  }
}
