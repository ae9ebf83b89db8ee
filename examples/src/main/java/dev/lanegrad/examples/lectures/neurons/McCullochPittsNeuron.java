package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Regions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** L1.1: AND, OR and NOT as single threshold units. */
final class McCullochPittsNeuron {
  private static final Tensor PAIRS = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
  private static final Tensor BITS = Tensor.of(new double[][] {{0}, {1}});

  private static final Tensor AND = Tensor.of(0.0, 0, 0, 1);
  private static final Tensor OR = Tensor.of(0.0, 1, 1, 1);
  private static final Tensor XOR = Tensor.of(0.0, 1, 1, 0);
  private static final Tensor NOT = Tensor.of(1.0, 0);

  private McCullochPittsNeuron() {}

  static void run(Notebook notebook) {
    notebook.text(
        "The neuron of McCulloch and Pitts (1943) adds up its inputs with weights, z = w·x, and"
            + " fires where the sum reaches a threshold: y = 1 where z ≥ θ, else 0.");
    notebook.text(
        "With inputs of 0 and 1 and weights of 1, the sum counts the inputs that are on. AND asks"
            + " for all of them, θ = n, OR for at least one, θ = 1. NOT has one input of weight -1:"
            + " its sum is 0 or -1, and θ = 0 lets only the first through.");
    ThresholdUnit and = new ThresholdUnit(Tensor.of(1.0, 1), 2);
    ThresholdUnit or = new ThresholdUnit(Tensor.of(1.0, 1), 1);
    ThresholdUnit not = new ThresholdUnit(Tensor.of(-1.0), 0);
    show(notebook, "AND: weights 1 and 1, θ = 2", and, PAIRS);
    show(notebook, "OR: weights 1 and 1, θ = 1", or, PAIRS);
    show(notebook, "NOT: weight -1, θ = 0", not, BITS);
    notebook.claim("one unit is AND", isTable(and, PAIRS, AND));
    notebook.claim("one unit is OR", isTable(or, PAIRS, OR));
    notebook.claim("one unit is NOT", isTable(not, BITS, NOT));
    notebook.claim("the same thresholds, n and 1, do for AND and OR of 5 inputs", isAndOrOf(5));

    notebook.text(
        "Seen as points, the inputs lie in a plane, and w·x = θ is a straight line in it: the unit"
            + " tells the two sides apart.");
    notebook.picture("AND: only (1, 1) is beyond the line x1 + x2 = 2", picture("AND", and, AND));
    notebook.picture("OR: only (0, 0) is before the line x1 + x2 = 1", picture("OR", or, OR));

    notebook.text(
        "XOR has no such line. From the table, 0 < θ, w1 ≥ θ and w2 ≥ θ, so w1 + w2 ≥ 2θ > θ: the"
            + " unit that fires for (1, 0) and (0, 1) fires for (1, 1) too. A search finds none"
            + " either; XOR takes a second layer (L4.1).");
    notebook.claim(
        "no unit with weights and threshold from -2 to 2 in steps of 0.1 is XOR", !findsXor());
  }

  private static boolean isTable(ThresholdUnit unit, Tensor inputs, Tensor outputs) {
    return Arrays.equals(unit.outputs(inputs).toDoubleArray(), outputs.toDoubleArray());
  }

  private static void show(Notebook notebook, String caption, ThresholdUnit unit, Tensor inputs) {
    List<String> header = new ArrayList<>();
    for (int i = 1; i <= inputs.shape().dim(1); i++) {
      header.add("x" + i);
    }
    header.addAll(List.of("z", "y"));
    Tensor columns =
        Tensor.concat(
            1,
            List.of(
                inputs, unit.sums(inputs).unsqueeze(1), unit.outputs(inputs).unsqueeze(1)));
    List<List<Double>> rows = new ArrayList<>();
    for (int row = 0; row < columns.shape().dim(0); row++) {
      rows.add(Arrays.stream(columns.select(0, row).toDoubleArray()).boxed().toList());
    }
    notebook.table(caption, header, rows);
  }

  /** Tries all rows of n inputs. */
  private static boolean isAndOrOf(int n) {
    Tensor ones = Tensor.ones(DType.FLOAT64, n);
    for (int bits = 0; bits < 1 << n; bits++) {
      double[] row = new double[n];
      for (int i = 0; i < n; i++) {
        row[i] = bits >> i & 1;
      }
      Tensor inputs = Tensor.of(new double[][] {row});
      double and = new ThresholdUnit(ones, n).outputs(inputs).item();
      double or = new ThresholdUnit(ones, 1).outputs(inputs).item();
      if (and != (bits == (1 << n) - 1 ? 1 : 0) || or != (bits == 0 ? 0 : 1)) {
        return false;
      }
    }
    return true;
  }

  /** All weights and thresholds at once: [w1, w2, theta, row]. */
  private static boolean findsXor() {
    Tensor grid = Tensor.linspace(DType.FLOAT64, -2, 2, 41);
    Tensor first = grid.reshape(41, 1, 1, 1).mul(PAIRS.select(1, 0));
    Tensor second = grid.reshape(1, 41, 1, 1).mul(PAIRS.select(1, 1));
    Tensor fires = first.add(second).greaterEqual(grid.reshape(1, 1, 41, 1));
    Tensor right = fires.equal(XOR.notEqual(0)).cast(DType.FLOAT64).sum(3);
    return right.max().item() == 4;
  }

  private static Regions picture(String name, ThresholdUnit unit, Tensor outputs) {
    return Regions.of(
            name,
            (x1, x2) -> (int) unit.outputs(Tensor.of(new double[][] {{x1, x2}})).item(),
            new Region(-0.5, 1.5, -0.5, 1.5))
        .axes(Axis.linear("x1"), Axis.linear("x2"))
        .classes("y = 0", "y = 1")
        .points(PlanePoints.byClass(PAIRS, outputs, name + " is 0", name + " is 1"));
  }
}
