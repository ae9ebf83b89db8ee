package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.graph.Write;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formulas whose results are stored in parameters, in one pass over memory: how optimizers, running
 * statistics and counters change numbers in place. The first inputs of the formulas are the
 * parameters as they are, one for each formula; those that are given follow. Nothing is recorded.
 *
 * <pre>{@code
 * Formula descend = Formula.input(0).sub(Formula.input(1).mul(Formula.input(2)));
 * Update step = new Update(Elementwise.of(descend), List.of(weight));
 * step.apply(gradient, Tensor.scalar(DType.FLOAT64, 0.1));
 * }</pre>
 *
 * Shapes: the parameters have one shape, to which what is given broadcasts.
 *
 * <p>One that is kept finds what it has to do without looking at shapes again. It is for one thread
 * at a time, as its parameters are.
 */
public final class Update {
  /** Of the parameter and what is given. */
  private static final Elementwise GIVEN = Elementwise.of(Formula.input(1));

  private final Elementwise formulas;
  private final List<Parameter> targets;
  private final Parameter[] changed;
  private @Nullable Bound bound;

  /**
   * An update of parameters.
   *
   * @throws ShapeException if there is not one parameter for each formula, or shapes differ
   */
  public Update(Elementwise formulas, List<Parameter> targets) {
    this.formulas = Present.of("update", "formulas", formulas);
    this.targets = List.copyOf(Present.all(formulas.name(), "targets", targets));
    this.changed = this.targets.toArray(Parameter[]::new);
    if (changed.length != formulas.formulas().size()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %d formulas for %d parameters",
              formulas.name(),
              formulas.formulas().size(),
              changed.length));
    }
  }

  /**
   * An update that stores the numbers of a tensor as they are, x = given.
   *
   * @throws NullPointerException if there is no parameter
   */
  public static Update assigning(Parameter target) {
    return new Update(GIVEN, List.of(Present.of(GIVEN.name(), "target", target)));
  }

  /**
   * Evaluates the formulas and stores result k in parameter k. Of tensors without numbers nothing
   * becomes of the parameters.
   *
   * @param given as many as the formulas read besides the parameters, or more: a rule need not read
   *     all that it is given; they may be views of the parameters
   * @throws ShapeException if a parameter has not the shape and dtype of the result
   * @throws IllegalArgumentException if the formulas read more than is given
   * @throws dev.lanegrad.autodiff.SubstitutionException inside {@link Parameter#substitute} of one
   *     of the parameters, or inside {@link dev.lanegrad.autodiff.Autodiff#withoutEffects} if one
   *     is no buffer
   */
  public void apply(Tensor... given) {
    if (given == null) {
      throw Present.missing(formulas.name(), "given");
    }
    for (int i = 0; i < given.length; i++) {
      if (given[i] == null) {
        throw Present.missing(formulas.name(), String.format(Locale.ROOT, "given[%d]", i));
      }
    }
    Dispatch.update(bound(), given);
  }

  private Bound bound() {
    boolean areOwn = true;
    for (Parameter parameter : changed) {
      areOwn &= parameter.changesItself(formulas.name());
    }
    if (!areOwn) {
      return new Bound();
    }
    Bound known = bound;
    if (known == null) {
      known = new Bound();
      bound = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return formulas + " in " + targets;
  }

  /**
   * The memory of parameters or of their copies, which stays the same, and the plan for what was
   * given last.
   */
  private final class Bound implements Write {
    private final Storage[] storages = new Storage[changed.length];
    private final Object[] arrays = new Object[changed.length];

    private Layout[] layouts = {};
    private @Nullable LoopPlan plan;

    Bound() {
      for (int k = 0; k < changed.length; k++) {
        storages[k] = Views.storage(changed[k].tensor());
        arrays[k] = storages[k].array();
      }
    }

    @Override
    public Op op() {
      return formulas;
    }

    @Override
    public List<Parameter> targets() {
      return targets;
    }

    @Override
    public List<Tensor> inputs(Tensor[] given) {
      List<Tensor> inputs = new ArrayList<>(changed.length + given.length);
      for (Parameter parameter : changed) {
        inputs.add(parameter.tensor());
      }
      inputs.addAll(Arrays.asList(given));
      return inputs;
    }

    @Override
    public List<Tensor> results(List<Tensor> inputs) {
      return formulas.plan(inputs).run(inputs);
    }

    @Override
    public boolean check(Tensor[] given) {
      if (isLikeBefore(given)) {
        return true;
      }
      if (changed.length + given.length < formulas.read()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: an update of %d parameters by formulas of %d inputs takes %d tensors, %d were"
                    + " given",
                formulas.name(),
                changed.length,
                formulas.read(),
                formulas.read() - changed.length,
                given.length));
      }
      if (isAnyMeta(given)) {
        requireFitting(formulas.typeOf(Views.types(inputs(given))));
        return false;
      }
      LoopPlan prepared = formulas.plan(inputs(given));
      requireFitting(prepared.types().getFirst());
      remember(prepared, given);
      return true;
    }

    private static boolean isAnyMeta(Tensor[] given) {
      for (Tensor tensor : given) {
        if (tensor.isMeta()) {
          return true;
        }
      }
      return false;
    }

    private void requireFitting(TensorType type) {
      for (Parameter parameter : changed) {
        if (parameter.dtype() != type.dtype() || !parameter.shape().equals(type.shape())) {
          throw new ShapeException(
              "%s: cannot store %s in parameter \"%s\" of %s%s"
                  .formatted(
                      formulas.name(),
                      type,
                      parameter.name(),
                      parameter.dtype(),
                      parameter.shape()));
        }
      }
    }

    private void remember(LoopPlan prepared, Tensor[] given) {
      Layout[] known = new Layout[given.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = Views.layout(given[i]);
      }
      layouts = known;
      plan = prepared;
    }

    private boolean isLikeBefore(Tensor[] given) {
      if (plan == null || given.length != layouts.length) {
        return false;
      }
      DType dtype = storages[0].dtype();
      for (int i = 0; i < given.length; i++) {
        Tensor tensor = given[i];
        if (tensor.dtype() != dtype
            || tensor.isMeta()
            || !Views.layout(tensor).isLike(layouts[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the array itself, where nothing had to be copied
    public void run(Tensor[] given) {
      Tensor[] apart = apart(given);
      LoopPlan now = plan;
      if (now == null || apart != given) {
        now = formulas.plan(inputs(apart));
      }
      if (formulas.writesAtOnce()) {
        write(now, apart);
      } else {
        List<Tensor> results = now.run(inputs(apart));
        for (int k = 0; k < changed.length; k++) {
          Views.assign(results.get(k), changed[k].tensor());
        }
      }
      for (Storage storage : storages) {
        storage.changed();
      }
    }

    private void write(LoopPlan now, Tensor[] given) {
      int read = now.inputs();
      Object[] all = new Object[read + arrays.length];
      int[] offsets = new int[all.length];
      int changing = Math.min(read, arrays.length);
      System.arraycopy(arrays, 0, all, 0, changing);
      for (int i = changing; i < read; i++) {
        Tensor tensor = given[i - changing];
        all[i] = Views.array(tensor);
        offsets[i] = Views.layout(tensor).offset();
      }
      System.arraycopy(arrays, 0, all, read, arrays.length);
      now.run(all, offsets);
    }

    /** Copies of tensors that show elements which change in other places than those lie. */
    @SuppressWarnings("ReferenceEquality") // the array itself, where nothing had to be copied
    private Tensor[] apart(Tensor[] given) {
      Tensor[] apart = given;
      for (int i = 0; i < given.length; i++) {
        if (isElsewhere(given[i])) {
          apart = apart == given ? given.clone() : apart;
          apart[i] = Views.copy(given[i]);
        }
      }
      return apart;
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
    private boolean isElsewhere(Tensor tensor) {
      Object array = Views.array(tensor);
      for (Object changing : arrays) {
        if (changing == array) {
          Layout layout = Views.layout(tensor);
          return layout.offset() != 0
              || !layout.isContiguous()
              || layout.shape().size() != changed[0].size();
        }
      }
      return false;
    }
  }
}
