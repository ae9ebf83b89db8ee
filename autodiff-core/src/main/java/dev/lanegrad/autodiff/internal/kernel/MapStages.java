package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.formula.Template;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Formulas as one map loop, or as several with temporaries between them where one loop would be too
 * large for the JIT: a method of more than 8,000 bytes of code is never compiled.
 */
public final class MapStages {
  /** Operations in one loop; a few times as many still compile, but take seconds. */
  static final int MAX_OPERATIONS = 300;

  private static final Map<ScalarFunction, Integer> COST = new EnumMap<>(ScalarFunction.class);

  static {
    for (ScalarFunction function : ScalarFunction.values()) {
      Formula[] arguments = new Formula[function.arity()];
      java.util.Arrays.setAll(arguments, Formula::input);
      Template template = Template.of(List.of(function.of(arguments)));
      COST.put(function, template.program(DType.FLOAT64).values().size());
    }
  }

  /** Inputs from {@code inputs} on are the temporaries of earlier stages. */
  private record Stage(LoopCode code, List<Integer> operands, int temporaries) {}

  private final int inputs;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Formula, Formula> temporaries = new HashMap<>();

  private MapStages(int inputs) {
    this.inputs = inputs;
  }

  /** Plans formulas of so many inputs. */
  public static MapStages of(List<Formula> formulas, int inputs) {
    if (inputs > LoopShape.MAX_INPUTS) {
      throw new IllegalArgumentException(
          "a formula of %d inputs: at most %d".formatted(inputs, LoopShape.MAX_INPUTS));
    }
    MapStages plan = new MapStages(inputs);
    if (!isSmall(formulas)) {
      plan.cut(formulas);
    }
    plan.addStage(formulas, 0);
    return plan;
  }

  /** Whether formulas fit into one loop. */
  static boolean isSmall(List<Formula> formulas) {
    return Formula.parts(formulas).stream().mapToInt(MapStages::cost).sum() <= MAX_OPERATIONS;
  }

  private static int cost(Formula formula) {
    return formula instanceof Formula.Apply apply ? COST.getOrDefault(apply.function(), 0) : 0;
  }

  private void cut(List<Formula> formulas) {
    List<Formula> parts = Formula.parts(formulas);
    int start = 0;
    int cost = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (cost + cost(parts.get(i)) > MAX_OPERATIONS) {
        keep(parts, start, i, formulas);
        start = i;
        cost = 0;
      }
      cost += cost(parts.get(i));
    }
  }

  /** Makes temporaries of what parts start to end compute and later parts, or the result, need. */
  private void keep(List<Formula> parts, int start, int end, List<Formula> results) {
    Set<Formula> needed = new LinkedHashSet<>();
    Set<Formula> computed = new LinkedHashSet<>(parts.subList(start, end));
    for (Formula later : parts.subList(end, parts.size())) {
      if (later instanceof Formula.Apply apply) {
        apply.arguments().stream().filter(computed::contains).forEach(needed::add);
      }
    }
    results.stream().filter(computed::contains).forEach(needed::add);
    List<Formula> kept = needed.stream().filter(f -> f instanceof Formula.Apply).toList();
    int before = temporaries.size();
    addStage(kept, kept.size());
    for (int k = 0; k < kept.size(); k++) {
      temporaries.put(kept.get(k), Formula.input(inputs + before + k));
    }
  }

  private void addStage(List<Formula> formulas, int kept) {
    List<Formula> rest = formulas.stream().map(f -> f.replace(temporaries)).toList();
    List<Integer> operands = new ArrayList<>();
    Map<Formula, Formula> renumbered = new HashMap<>();
    for (Formula part : Formula.parts(rest)) {
      if (part instanceof Formula.Input input) {
        renumbered.put(input, Formula.input(operands.size()));
        operands.add(input.index());
      }
    }
    List<Formula> own = rest.stream().map(f -> f.replace(renumbered)).toList();
    stages.add(new Stage(LoopCode.of(own), operands, kept));
  }

  /** How many passes over memory the formulas take. */
  public int stages() {
    return stages.size();
  }

  /**
   * The plan for evaluating the formulas over a space. Its arrays are the inputs, then the results,
   * which are stored in row-major order; see {@link MapLoop#plan}.
   *
   * @param dims the lengths of the space
   * @param strides of each input along the space's dimensions
   */
  public Plan plan(DType dtype, int[] dims, List<int[]> strides, int outputs) {
    return plan(new Plan.Writer(dtype, inputs + outputs), dims, strides, outputs);
  }

  /** The same for a result that is part of a larger one. */
  public Plan planOfPart(DType dtype, int[] dims, List<int[]> strides) {
    return plan(new Plan.Writer(dtype, inputs + 1, true), dims, strides, 1);
  }

  private Plan plan(Plan.Writer plan, int[] dims, List<int[]> strides, int outputs) {
    List<Access> operands = new ArrayList<>(inputs);
    for (int k = 0; k < inputs; k++) {
      operands.add(new Access(k, 0, strides.get(k)));
    }
    plan(plan, dims, operands, IntStream.range(inputs, inputs + outputs).toArray());
    return plan.finish();
  }

  /** Adds to a plan what evaluates the formulas. */
  void plan(Plan.Writer plan, int[] dims, List<Access> operands, int... outputs) {
    Shape shape = Shape.of(dims);
    List<Access> known = new ArrayList<>(operands);
    for (Stage stage : stages) {
      int[] targets = outputs;
      if (stage.temporaries > 0) {
        targets =
            IntStream.range(0, stage.temporaries).map(_ -> plan.temporary(shape.size())).toArray();
      }
      List<Access> read = stage.operands.stream().map(known::get).toList();
      MapLoop.plan(plan, stage.code, dims, read, targets);
      if (stage.temporaries > 0) {
        for (int target : targets) {
          known.add(new Access(target, 0, shape.rowMajorStrides()));
        }
      }
    }
  }
}
