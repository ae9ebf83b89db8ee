package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of a {@link Recurrence}'s inputs, from the last step back to the first.
 *
 * <p>Inputs: those of the recurrence but for the first, its results, and the given gradients of
 * these. Outputs: the gradients of all inputs of the recurrence, without that of W where nobody
 * asks for it.
 *
 * @param recurrence whose gradients they are
 * @param given which results have a gradient, in rising order
 * @param ofWeight whether the gradient of W is among the outputs
 */
record RecurrenceGradient(Recurrence recurrence, List<Integer> given, boolean ofWeight)
    implements PrimitiveOp {
  @Override
  public String name() {
    return "recurrenceGradient";
  }

  private int results() {
    return recurrence.cell().size();
  }

  /** How many things each step reads besides, of so many inputs. */
  private int others(int inputs) {
    return inputs - 1 - recurrence.states() - results() - given.size();
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    int others = others(inputs.size());
    int firstResult = 1 + recurrence.states() + others;
    DType dtype = Checks.floating(name(), inputs);
    if (others < 0 || !fit(inputs, firstResult)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "recurrenceGradient: takes a weight [%d size, size], %d or more tensors [n, size] and"
                  + " %d [steps, n, size], not %s",
              recurrence.gates(),
              recurrence.states(),
              results() + given.size(),
              Shape.join(Checks.shapes(inputs))));
    }
    Shape result = inputs.get(firstResult).shape();
    Shape gates = Shape.of(result.dim(0), result.dim(1), inputs.getFirst().shape().dim(0));
    List<TensorType> types = new ArrayList<>();
    types.add(new TensorType(dtype, gates));
    types.addAll(inputs.subList(ofWeight ? 0 : 1, firstResult));
    return types;
  }

  private boolean fit(List<TensorType> inputs, int firstResult) {
    Shape result = inputs.get(firstResult).shape();
    if (result.rank() != 3 || result.dim(0) == 0 || result.dim(2) == 0) {
      return false;
    }
    Shape weight = Shape.of(recurrence.gates() * result.dim(2), result.dim(2));
    Shape state = Shape.of(result.dim(1), result.dim(2));
    boolean fits = inputs.getFirst().shape().equals(weight);
    for (int i = 1; i < inputs.size(); i++) {
      fits &= inputs.get(i).shape().equals(i < firstResult ? state : result);
    }
    return fits;
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Inputs inputs = inputs(Views.inputs(call));
    new RecurrenceReverse(this, inputs, Views.all(outputs, call.outputs())).run();
  }

  /**
   * Inputs by what they are.
   *
   * @param states before the first step
   * @param others what each step reads besides
   * @param results of the recurrence
   * @param given gradients of the results, null for none
   */
  record Inputs(
      RecurrenceRule rule,
      Tensor weight,
      List<Tensor> states,
      List<Tensor> others,
      List<Tensor> results,
      List<@Nullable Tensor> given) {}

  private Inputs inputs(List<Tensor> all) {
    int others = others(all.size());
    int firstOther = 1 + recurrence.states();
    int firstResult = firstOther + others;
    int firstGiven = firstResult + results();
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (int k = 0; k < results(); k++) {
      gradients.add(given.contains(k) ? all.get(firstGiven + given.indexOf(k)) : null);
    }
    return new Inputs(
        RecurrenceRule.of(recurrence, others, given),
        all.getFirst(),
        all.subList(1, firstOther),
        all.subList(firstOther, firstResult),
        all.subList(firstResult, firstGiven),
        gradients);
  }

  @Override
  public Saved saved(Call call) {
    Saved saved = Saved.NOTHING;
    for (int i = 0; i < call.inputs(); i++) {
      saved = saved.input(i);
    }
    return saved;
  }

  /** By the same steps as tensor operations, whose derivatives are known. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    List<Tensor> own = new ArrayList<>();
    List<Tensor> needed = new ArrayList<>();
    for (int i = 0; i < call.inputs(); i++) {
      Tensor input = call.input(i);
      own.add(call.needsGradient(i) ? ofItsOwn(input) : input);
      if (call.needsGradient(i)) {
        needed.add(own.getLast());
      }
    }
    Tensor sum =
        Recording.with(
            true, () -> seeded(new RecurrenceSteps(this, inputs(own)).run(), gradients));
    Tensor one = Tensor.ones(sum.dtype());
    List<@Nullable Tensor> found = ReversePass.targets(sum, one, needed);
    @Nullable Tensor[] all = new Tensor[call.inputs()];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = call.needsGradient(i) ? found.get(next++) : null;
    }
    return Arrays.asList(all);
  }

  /** The same numbers at a place of their own in the graph: two inputs may be one tensor. */
  private static Tensor ofItsOwn(Tensor input) {
    return input.isTracked()
        ? Recording.with(true, () -> new Copy().applyTo(input))
        : input.requiresGrad();
  }

  /** The sum of results times their gradients. */
  private static Tensor seeded(List<Tensor> results, List<@Nullable Tensor> gradients) {
    Tensor sum = Tensor.scalar(results.getFirst().dtype(), 0);
    for (int k = 0; k < gradients.size(); k++) {
      Tensor gradient = gradients.get(k);
      if (gradient != null) {
        sum = sum.add(results.get(k).mul(gradient).sum());
      }
    }
    return sum;
  }
}
