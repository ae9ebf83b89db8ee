package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.op.Parts;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Flags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Formulas evaluated for every element of inputs that broadcast, in one pass over memory;
 * differentiable to every order.
 *
 * <pre>{@code
 * Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
 * Tensor y = swish.applyTo(x);
 * }</pre>
 *
 * Shapes: inputs that broadcast to s give one output of shape s for each formula. Inputs are all
 * float32 or all float64, or a {@link dev.lanegrad.autodiff.DTypeException} is thrown; a {@link
 * dev.lanegrad.autodiff.ShapeException} if they do not broadcast.
 */
public final class Elementwise implements PrimitiveOp {
  private static final BoundedCache<Key, Elementwise> KNOWN = new BoundedCache<>(4_096);

  /** Of the functions that have been used. */
  private static final Map<ScalarFunction, Elementwise> TABLE = new ConcurrentHashMap<>();

  /**
   * What makes an operation.
   *
   * @param inputs how many it takes; that nobody reads one of them does not matter
   */
  private record Key(List<Formula> formulas, int inputs) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && inputs == that.inputs && formulas.equals(that.formulas);
    }

    @Override
    public int hashCode() {
      return 31 * formulas.hashCode() + inputs;
    }
  }

  static {
    Parts.set(new ForParts());
  }

  private final List<Formula> formulas;
  private final String name;
  private final int inputs;
  private final int read;
  private final MapStages stages;
  private final Map<Flags, Saved> savedFor = new ConcurrentHashMap<>();

  private Elementwise(Key key, String name) {
    this.formulas = key.formulas;
    this.name = name;
    this.inputs = key.inputs;
    this.read = read(formulas);
    this.stages = MapStages.of(formulas, read);
  }

  /** How many inputs formulas read, those before the last one that is read included. */
  private static int read(List<Formula> formulas) {
    int most = 0;
    for (Formula formula : formulas) { // a stream is felt in a small step of training
      most = Math.max(most, formula.inputs());
    }
    return most;
  }

  /**
   * One or several formulas of the same inputs.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Elementwise of(Formula... formulas) {
    return of(Present.all("elementwise", "formulas", formulas));
  }

  static Elementwise of(List<Formula> formulas) {
    if (formulas.isEmpty()) {
      throw new IllegalArgumentException("elementwise: no formula given");
    }
    return of(new Key(formulas, Math.max(read(formulas), 1)));
  }

  private static Elementwise of(Key key) {
    return KNOWN.get(key, k -> new Elementwise(k, "elementwise"));
  }

  /** A function of one input. */
  public static Elementwise of(UnaryOperator<Formula> function) {
    Formula formula = function.apply(Formula.input(0));
    return ofFunction(Present.returned("elementwise", "the function", formula), 1);
  }

  /** A function of two inputs. */
  public static Elementwise of(BinaryOperator<Formula> function) {
    Formula formula = function.apply(Formula.input(0), Formula.input(1));
    return ofFunction(Present.returned("elementwise", "the function", formula), 2);
  }

  /** A function of so many inputs, whether it reads them or not. */
  static Elementwise ofFunction(Formula formula, int inputs) {
    return of(new Key(List.of(formula), Math.max(formula.inputs(), inputs)));
  }

  /** A function of the table. */
  public static Elementwise of(ScalarFunction function) {
    Elementwise known = TABLE.get(Present.of("elementwise", "function", function));
    return known != null ? known : TABLE.computeIfAbsent(function, Elementwise::ofTable);
  }

  private static Elementwise ofTable(ScalarFunction function) {
    Formula[] arguments = new Formula[function.arity()];
    Arrays.setAll(arguments, Formula::input);
    Key key = new Key(List.of(function.of(arguments)), function.arity());
    return new Elementwise(key, function.toString());
  }

  /** One for each output. */
  public List<Formula> formulas() {
    return formulas;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Tensor> apply(List<Tensor> inputs) {
    return Dispatch.run(this, inputs, this::planOfAll);
  }

  @Override
  public List<TensorType> infer(List<TensorType> types) {
    Checks.inputs(name, inputs, types);
    return Collections.nCopies(formulas.size(), typeOf(types));
  }

  /** Of each result. */
  TensorType typeOf(List<TensorType> types) {
    Checks.atLeast(name, Math.max(read, 1), types);
    DType dtype = Checks.floating(name, types);
    return new TensorType(dtype, Shape.broadcast(name, Checks.shapes(types)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    List<Tensor> tensors = Views.inputs(call);
    plan(tensors).run(tensors, Views.all(outputs, formulas.size()));
  }

  /** Stores the one result of one formula, as a part of a primitive operation. */
  void compute(Tensor result, Tensor... tensors) {
    List<Tensor> read = List.of(tensors);
    plan(read).run(read, List.of(result));
  }

  /** The one result of one formula, as a part of a composition. */
  Tensor part(Tensor... tensors) {
    List<Tensor> read = List.of(tensors);
    return Dispatch.part(this, read, plan(read)).getFirst();
  }

  /** What is done with tensors that lie like these; they are checked. */
  LoopPlan plan(List<Tensor> tensors) {
    Signature signature = new Signature(this, tensors);
    LoopPlan known = LoopPlan.find(signature);
    return known != null ? known : newPlan(tensors).knownFor(signature);
  }

  /** The plan where no input is given that it does not take. */
  private LoopPlan planOfAll(List<Tensor> tensors) {
    if (tensors.size() != inputs) {
      Checks.inputs(name, inputs, Views.types(tensors));
    }
    return plan(tensors);
  }

  private LoopPlan newPlan(List<Tensor> tensors) {
    TensorType type = typeOf(Views.types(tensors));
    Shape shape = type.shape();
    List<int[]> strides = new ArrayList<>(read);
    for (int i = 0; i < read; i++) {
      strides.add(Views.layout(tensors.get(i)).broadcastStrides(shape));
    }
    int outputs = formulas.size();
    Plan plan = stages.plan(type.dtype(), shape.toArray(), strides, outputs);
    return new LoopPlan(type, outputs, plan, read);
  }

  @Override
  public Saved saved(Call call) {
    Flags needed = Flags.of(call.inputs(), call::needsGradient);
    Saved known = savedFor.get(needed);
    if (known == null) {
      known = savedFor(call.inputs(), needed);
      savedFor.put(needed, known);
    }
    return known;
  }

  private Saved savedFor(int count, Flags needed) {
    Flags everyGradient = Flags.of(formulas.size(), _ -> true);
    List<Formula> derivatives = derivatives(count, everyGradient);
    int firstOutput = count + formulas.size();
    Saved saved = Saved.NOTHING;
    for (int read : FormulaGradient.indicesRead(derivatives, needed)) {
      saved = read < count ? saved.input(read) : saved;
      saved = read >= firstOutput ? saved.output(read - firstOutput) : saved;
    }
    return saved;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    List<Tensor> read = new ArrayList<>(2 * formulas.size());
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        read.add(gradient);
      }
    }
    for (int k = 0; k < formulas.size(); k++) {
      read.add(call.output(k));
    }
    Flags given = Flags.of(formulas.size(), k -> gradients.get(k) != null);
    return FormulaGradient.compute(
        new FormulaGradient.Question(this, given, call, read, call.type(0).shape()),
        call,
        read,
        () -> derivatives(call.inputs(), given));
  }

  /** What is read besides the inputs are the gradients that are given, then the outputs. */
  private List<Formula> derivatives(int count, Flags given) {
    List<Formula> seeds = new ArrayList<>();
    int next = count;
    for (int k = 0; k < formulas.size(); k++) {
      seeds.add(given.get(k) ? Formula.input(next++) : Formula.ZERO);
    }
    Map<Formula, Formula> saved = new HashMap<>();
    for (Formula formula : formulas) {
      if (formula instanceof Formula.Apply) {
        saved.put(formula, Formula.input(next));
      }
      next++;
    }
    return FormulaGradient.pullback(formulas, seeds, saved, count);
  }

  /** Whether any derivative reads an input, and not only what was computed from it. */
  boolean derivativesRead(int input) {
    Flags everyGradient = Flags.of(formulas.size(), _ -> true);
    List<Formula> derivatives = derivatives(inputs, everyGradient);
    return Formula.parts(derivatives).contains(Formula.input(input));
  }

  /** How many inputs the formulas read, those before the last one that is read included. */
  int read() {
    return read;
  }

  /** Whether each element of a result is written when nothing will read it again. */
  boolean writesAtOnce() {
    return stages.writesAtOnce();
  }

  @Override
  public String toString() {
    return name + formulas;
  }

  private static final class ForParts implements Parts.Access {
    @Override
    public Tensor part(Elementwise formula, Tensor... inputs) {
      return formula.part(inputs);
    }

    @Override
    public Tensor part(Fold fold, Tensor... inputs) {
      return fold.part(inputs);
    }

    @Override
    public void compute(Elementwise formula, Tensor result, Tensor... inputs) {
      formula.compute(result, inputs);
    }

    @Override
    public void compute(Fold fold, Tensor result, Tensor... inputs) {
      fold.compute(result, inputs);
    }

    @Override
    public Elementwise function(Formula formula, int inputs) {
      return ofFunction(formula, inputs);
    }

    @Override
    public boolean derivativesRead(Elementwise formula, int input) {
      return formula.derivativesRead(input);
    }
  }
}
