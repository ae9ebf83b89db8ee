package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.List;

/** Figures that nobody measured, for the tests of what shows them. */
final class Examples {
  static final Machine MACHINE = new Machine("a \"fast\" one", 2, "25", 16, List.of("Peer 1.0"));

  static final List<Figures> FIGURES =
      List.of(
          new Figures(
              new OperationTask(Operation.MATMUL, DType.FLOAT64, 256),
              1e7,
              1.25e6,
              new Samples.Spread(8, 7.5, 12.4),
              2.5,
              new Figures.Share(0.5, 99.6, Ceiling.FMA)),
          new Figures(
              new OperationTask(Operation.MLP_STEP, DType.FLOAT32, 100),
              1_234_567,
              12_345,
              new Samples.Spread(100, 99, 101),
              1.01,
              null));

  static final List<LayerCost> LAYERS =
      List.of(
          new LayerCost(new LayerTask(false, LayerCase.LINEAR), 1_500, 1_250, 250),
          new LayerCost(new LayerTask(false, LayerCase.RELU), 200, 210, -10));

  static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison(
              Line.of("step, row 2", TrainingTask.step(100, "40-10"), 1, 0, "PyTorch", 1)
                  .wanted(Target.of(5)),
              20_000,
              110_000,
              new Samples.Spread(5.5, 5, 6),
              2_048),
          new Comparison(
              Line.of(
                  new FormulaTask(false, "tanh", DType.FLOAT32, 4_096), 1, 0, "written loop", 1),
              1_000,
              900,
              new Samples.Spread(0.9, 0.85, 0.95),
              Double.NaN));

  static final CheckoutSummary CHECKOUTS =
      CheckoutSummary.of(
          "../before",
          List.of(
              checkout(Operation.EXP, new Samples.Spread(0.98, 0.97, 0.99)),
              checkout(Operation.LOG, new Samples.Spread(1.02, 1.01, 1.03)),
              checkout(Operation.SIN, new Samples.Spread(Double.NaN, Double.NaN, Double.NaN))));

  private static Comparison checkout(Operation operation, Samples.Spread ratio) {
    Task task = new OperationTask(operation, DType.FLOAT32, 4_096);
    return new Comparison(
        Line.of(task, 1, 0, "../before", 1), 1_000, 1_000 * ratio.median(), ratio, Double.NaN);
  }

  private Examples() {}
}
