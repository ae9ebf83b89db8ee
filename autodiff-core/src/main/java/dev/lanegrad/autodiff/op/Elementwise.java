package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Anomaly;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.kernel.BoundedCache;
import dev.lanegrad.autodiff.internal.kernel.MapStages;
import dev.lanegrad.autodiff.internal.kernel.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
 * Shapes: inputs that broadcast to s give one output of shape s for each formula.
 */
public final class Elementwise implements Op {
  private static final BoundedCache<Key, Elementwise> KNOWN = new BoundedCache<>(4_096);
  private static final Map<ScalarFunction, Elementwise> TABLE = new EnumMap<>(ScalarFunction.class);

  static {
    for (ScalarFunction function : ScalarFunction.values()) {
      Formula[] arguments = new Formula[function.arity()];
      Arrays.setAll(arguments, Formula::input);
      TABLE.put(
          function,
          new Elementwise(
              new Key(List.of(function.of(arguments)), function.arity()), function.toString()));
    }
  }

  /**
   * What makes an operation.
   *
   * @param inputs how many it takes; that nobody reads one of them does not matter
   */
  private record Key(List<Formula> formulas, int inputs) {}

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
    return formulas.stream().mapToInt(Formula::inputs).max().orElse(0);
  }

  /** One or several formulas of the same inputs. */
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
    if (known == null) {
      throw new AssertionError(function);
    }
    return known;
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

  private TensorType typeOf(List<TensorType> types) {
    Checks.atLeast(name, Math.max(read, 1), types);
    DType dtype = Checks.floating(name, types);
    return new TensorType(dtype, Shape.broadcast(name, Checks.shapes(types)));
  }

  @Override
  public List<Tensor> forward(Call call) {
    List<Tensor> tensors = Views.inputs(call);
    return plan(tensors).run(tensors);
  }

  /** The one result of one formula, as a part of another operation. */
  Tensor compute(Tensor... tensors) {
    List<Tensor> read = List.of(tensors);
    return plan(read).run(read).getFirst();
  }

  private LoopPlan plan(List<Tensor> tensors) {
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

  /**
   * Evaluates the formulas and stores result k in parameter k, in one pass: how optimizers and
   * running statistics change numbers in place. Nothing is recorded. Of tensors without numbers
   * nothing becomes of the parameters.
   *
   * @param targets the parameters to change, all of one shape; inputs may be views of them
   * @param tensors as many as the formulas read, or more: a rule need not read all it is given
   * @throws ShapeException if a target has not the shape of the result
   * @throws dev.lanegrad.autodiff.SubstitutionException inside {@link Parameter#substitute} of a
   *     target
   */
  public void update(List<Parameter> targets, Tensor... tensors) {
    Present.all(name, "targets", targets);
    List<Tensor> given = Present.all(name, "tensors", tensors);
    Tensor[] changing = new Tensor[targets.size()];
    for (int k = 0; k < changing.length; k++) {
      Parameter target = targets.get(k);
      target.requireChangeable(name);
      changing[k] = target.tensor();
    }
    if (given.stream().anyMatch(Tensor::isMeta)) {
      requireFitting(typeOf(Views.types(given)), targets);
      return;
    }
    List<Tensor> written = Arrays.asList(changing);
    List<Tensor> read = apart(given, written);
    LoopPlan plan = plan(read);
    requireFitting(plan.types().getFirst(), targets);
    if (stages.writesAtOnce()) {
      plan.run(read, written);
    } else {
      List<Tensor> results = plan.run(read);
      for (int k = 0; k < changing.length; k++) {
        Views.assign(results.get(k), changing[k]);
      }
    }
    for (int k = 0; k < changing.length; k++) {
      targets.get(k).changed();
    }
    for (int i = 0; i < given.size(); i++) {
      Views.requireUnreleased(given.get(i));
    }
    for (int k = 0; k < changing.length; k++) {
      Anomaly.checkUpdate(targets.get(k), read);
    }
  }

  private void requireFitting(TensorType type, List<Parameter> targets) {
    for (int k = 0; k < targets.size(); k++) {
      Parameter target = targets.get(k);
      if (target.dtype() != type.dtype() || !target.shape().equals(type.shape())) {
        throw new ShapeException(
            "%s: cannot store %s in parameter \"%s\" of %s%s"
                .formatted(name, type, target.name(), target.dtype(), target.shape()));
      }
    }
    if (targets.size() != formulas.size()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %d formulas for %d parameters",
              name,
              formulas.size(),
              targets.size()));
    }
  }

  /** Tensors, or copies where they show elements that change in other places than those lie. */
  private static List<Tensor> apart(List<Tensor> tensors, List<Tensor> changing) {
    List<Tensor> apart = tensors;
    boolean isCopy = false;
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      if (isElsewhere(tensor, changing)) {
        apart = isCopy ? apart : new ArrayList<>(tensors);
        isCopy = true;
        apart.set(i, Views.copy(tensor));
      }
    }
    return apart;
  }

  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  private static boolean isElsewhere(Tensor tensor, List<Tensor> changing) {
    Object array = Views.array(tensor);
    for (int k = 0; k < changing.size(); k++) {
      if (Views.array(changing.get(k)) == array
          && !Views.layout(changing.get(k)).equals(Views.layout(tensor))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name + formulas;
  }
}
