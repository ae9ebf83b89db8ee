package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.program.Template;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Formulas as one map loop, or as several with temporaries between them where one loop would be too
 * large for the JIT: a method of more than 8,000 bytes of code is never compiled. So formulas may
 * have any number of inputs, parts and results.
 */
public final class MapStages {
  /** Operations in one loop; a few times as many still compile, but take seconds. */
  static final int MAX_OPERATIONS = 300;

  /**
   * Different loops of one plan. Each takes the JIT some tenths of a second; formulas that need
   * more are evaluated function by function, in loops that are shared by all formulas.
   */
  private static final int MAX_LOOPS = 40;

  private static final Map<ScalarFunction, Integer> COST = new ConcurrentHashMap<>();

  /**
   * One loop. Operands from {@code inputs} on are the temporaries of earlier stages.
   *
   * @param first of the results that it computes, or of the temporaries
   * @param count how many
   */
  private record Stage(
      LoopCode code, List<Integer> operands, int first, int count, boolean isOfResults) {}

  private final int inputs;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Formula, Formula> temporaries = new HashMap<>();

  private MapStages(int inputs) {
    this.inputs = inputs;
  }

  /** Plans formulas of so many inputs. */
  public static MapStages of(List<Formula> formulas, int inputs) {
    MapStages plan = new MapStages(inputs);
    if (isSmall(formulas)) {
      plan.addStage(formulas, 0, true);
      return plan;
    }
    plan.cut(formulas);
    plan.addResults(formulas);
    return plan.loops() <= MAX_LOOPS ? plan : functionByFunction(formulas, inputs);
  }

  private static MapStages functionByFunction(List<Formula> formulas, int inputs) {
    MapStages plan = new MapStages(inputs);
    List<Formula> parts = Formula.parts(formulas);
    Map<Formula, Integer> lastUses = lastUses(parts, List.of());
    for (Formula part : parts) {
      if (part instanceof Formula.Apply && lastUses.containsKey(part)) {
        plan.keep(List.of(part));
      }
    }
    for (int k = 0; k < formulas.size(); k++) {
      plan.addStage(formulas.subList(k, k + 1), k, true);
    }
    return plan;
  }

  private int loops() {
    return (int) stages.stream().map(stage -> stage.code.skeleton()).distinct().count();
  }

  /** Whether formulas fit into one loop. */
  static boolean isSmall(List<Formula> formulas) {
    int inputs = 0;
    int cost = 0;
    for (Formula part : Formula.parts(formulas)) {
      inputs += isInput(part) ? 1 : 0;
      cost += cost(part);
    }
    return formulas.size() <= LoopShape.MAX_OUTPUTS
        && inputs <= LoopShape.MAX_INPUTS
        && isShort(formulas, cost);
  }

  /** The constants of functions, which they may share, count only once in the whole program. */
  private static boolean isShort(List<Formula> formulas, int cost) {
    return cost <= MAX_OPERATIONS
        || (cost <= 2 * MAX_OPERATIONS
            && Template.of(formulas).program(DType.FLOAT64).values().size() <= MAX_OPERATIONS);
  }

  private static boolean isInput(Formula formula) {
    return formula instanceof Formula.Input;
  }

  private static int cost(Formula formula) {
    return formula instanceof Formula.Apply apply
        ? COST.computeIfAbsent(apply.function(), MapStages::operations)
        : 0;
  }

  private static int operations(ScalarFunction function) {
    Formula[] arguments = new Formula[function.arity()];
    Arrays.setAll(arguments, Formula::input);
    return Template.of(List.of(function.of(arguments))).program(DType.FLOAT64).values().size();
  }

  /** Makes temporaries of everything but a rest that fits into one loop. */
  private void cut(List<Formula> formulas) {
    List<Formula> parts = Formula.parts(formulas);
    Map<Formula, Integer> lastUses = lastUses(parts, formulas);
    Set<Formula> read = new HashSet<>();
    int start = 0;
    int cost = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i) instanceof Formula.Apply apply)) {
        continue;
      }
      apply.arguments().stream().filter(this::isRead).forEach(read::add);
      if (cost + cost(apply) > MAX_OPERATIONS || read.size() > LoopShape.MAX_INPUTS) {
        keep(parts.subList(start, i), i, lastUses);
        start = i;
        cost = 0;
        read.clear();
        apply.arguments().stream().filter(this::isRead).forEach(read::add);
      }
      cost += cost(apply);
    }
  }

  private boolean isRead(Formula argument) {
    return isInput(argument) || temporaries.containsKey(argument);
  }

  /** The position of the last part that each part is an argument of; of results, the end. */
  private static Map<Formula, Integer> lastUses(List<Formula> parts, List<Formula> results) {
    Map<Formula, Integer> last = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Formula.Apply apply) {
        for (Formula argument : apply.arguments()) {
          last.put(argument, i);
        }
      }
    }
    results.forEach(result -> last.put(result, parts.size()));
    return last;
  }

  /** Makes temporaries of what some parts compute and parts from {@code end} on need. */
  private void keep(List<Formula> computed, int end, Map<Formula, Integer> lastUses) {
    List<Formula> kept =
        computed.stream()
            .filter(f -> f instanceof Formula.Apply && lastUses.getOrDefault(f, 0) >= end)
            .toList();
    keep(kept);
  }

  private void keep(List<Formula> kept) {
    int before = temporaries.size();
    for (int k = 0; k < kept.size(); k += LoopShape.MAX_OUTPUTS) {
      int next = Math.min(k + LoopShape.MAX_OUTPUTS, kept.size());
      addStage(kept.subList(k, next), before + k, false);
    }
    for (int k = 0; k < kept.size(); k++) {
      temporaries.put(kept.get(k), Formula.input(inputs + before + k));
    }
  }

  /** The results, as many in one loop as do not read too much. */
  private void addResults(List<Formula> formulas) {
    Set<Formula> read = new HashSet<>();
    int first = 0;
    for (int k = 0; k < formulas.size(); k++) {
      Set<Formula> ofOne = inputs(formulas.get(k));
      read.addAll(ofOne);
      if (k - first == LoopShape.MAX_OUTPUTS || read.size() > LoopShape.MAX_INPUTS) {
        addStage(formulas.subList(first, k), first, true);
        first = k;
        read = ofOne;
      }
    }
    addStage(formulas.subList(first, formulas.size()), first, true);
  }

  private Set<Formula> inputs(Formula formula) {
    return formula.replace(temporaries).parts().stream()
        .filter(MapStages::isInput)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void addStage(List<Formula> formulas, int first, boolean isOfResults) {
    List<Formula> rest = Formula.replace(formulas, temporaries);
    List<Integer> operands = new ArrayList<>();
    Map<Formula, Formula> renumbered = new HashMap<>();
    for (Formula part : Formula.parts(rest)) {
      if (part instanceof Formula.Input input) {
        renumbered.put(input, Formula.input(operands.size()));
        operands.add(input.index());
      }
    }
    LoopCode code = LoopCode.of(Formula.replace(rest, renumbered));
    stages.add(new Stage(code, operands, first, formulas.size(), isOfResults));
  }

  /** Whether all results are written at once, so that they may be stored where inputs are. */
  public boolean writesAtOnce() {
    return stages.get(stages.size() - 1).first == 0;
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
    int[] results = new int[outputs];
    for (int k = 0; k < outputs; k++) {
      results[k] = inputs + k;
    }
    plan(plan, dims, operands, results);
    return plan.finish();
  }

  /** Adds to a plan what evaluates the formulas, with as few temporaries as are alive at once. */
  @SuppressWarnings("ReferenceEquality") // a stage is one of the list, not an equal one
  void plan(Plan.Writer plan, int[] dims, List<Access> operands, int... outputs) {
    Shape shape = Shape.of(dims);
    List<Access> known = new ArrayList<>(operands);
    Map<Integer, Stage> lastReaders = lastReaders();
    Deque<Integer> free = new ArrayDeque<>();
    for (Stage stage : stages) {
      int[] targets = new int[stage.count];
      for (int k = 0; k < targets.length; k++) {
        if (stage.isOfResults) {
          targets[k] = outputs[stage.first + k];
        } else {
          targets[k] = free.isEmpty() ? plan.temporary(shape.size()) : free.pop();
        }
      }
      List<Access> read = new ArrayList<>(stage.operands.size());
      for (int operand : stage.operands) {
        read.add(known.get(operand));
      }
      MapLoop.plan(plan, stage.code, dims, read, targets);
      if (!stage.isOfResults) {
        for (int target : targets) {
          known.add(new Access(target, 0, shape.rowMajorStrides()));
        }
      }
      for (int operand : stage.operands) {
        if (lastReaders.get(operand) == stage) {
          free.push(known.get(operand).array());
        }
      }
    }
  }

  /** The last stage that reads each temporary; later ones may use its array for their own. */
  private Map<Integer, Stage> lastReaders() {
    Map<Integer, Stage> last = new HashMap<>();
    for (Stage stage : stages) {
      for (int operand : stage.operands) {
        if (operand >= inputs) {
          last.put(operand, stage);
        }
      }
    }
    return last;
  }
}
