package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link Gather}: y[i, index[i, j]] += x[i, j] for axis 1 of a matrix, in the order
 * of the indices, starting from zeros. An element of float32 that gets more than 1,024 terms adds
 * them up in float64.
 *
 * <p>Shapes: x [.., k, ..] and int32 indices [.., k, ..] give [.., size, ..].
 *
 * @param axis from 0 to rank - 1
 * @param size the length of the axis in the result
 */
public record ScatterAdd(int axis, int size) implements PrimitiveOp {
  /** With so many terms for each place on average, most chains may be long. */
  private static final int OFTEN = 64;

  @Override
  public String name() {
    return "scatterAdd";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 2, inputs);
    TensorType x = inputs.get(0);
    TensorType indices = inputs.get(1);
    Checks.floating(name(), List.of(x));
    if (!x.shape().equals(indices.shape())) {
      throw new ShapeException(
          "scatterAdd: values %s and indices %s differ in shape"
              .formatted(x.shape(), indices.shape()));
    }
    Checks.axis(name(), x.shape(), axis);
    if (size < 0) {
      throw new ShapeException(
          "scatterAdd: axis %s of the result of %s is at least 0 long, not %s"
              .formatted(axis, x.shape(), size));
    }
    Shape shape = Axis.with(name(), x.shape(), axis, size);
    Indices.checkType(name(), shape, indices, axis);
    return List.of(new TensorType(x.dtype(), shape));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Indices.checkRange(name(), call.type(0).shape(), call.input(1), axis);
    Tensor packed = Views.contiguous(call.input(0));
    Tensor output = outputs.get(0);
    Views.fill(output, 0);
    Indices indices = new Indices(call.input(1), axis);
    int count = indices.count();
    int run = indices.run();
    int offset = Views.layout(packed).offset();
    for (int row = 0; row < indices.outer(); row++) {
      Indices.Picks picks = indices.picks(row, size);
      int start = offset + row * count * run;
      if (Views.array(packed) instanceof double[] from) {
        DoubleScatterAdd.add(from, start, picks, count, run, (double[]) Views.array(output));
      } else if (indices.length() > LongChains.SHORT) {
        int runs = output.size() / indices.outer() / run;
        float[] to = (float[]) Views.array(output);
        addMany((float[]) Views.array(packed), start, picks, count, run, runs, to);
      } else {
        float[] to = (float[]) Views.array(output);
        FloatScatterAdd.add((float[]) Views.array(packed), start, picks, count, run, to);
      }
    }
  }

  /**
   * Runs that get more than a short chain have accumulators of float64.
   *
   * @param runs how many there are to pick from
   */
  private static void addMany(
      float[] from, int start, Indices.Picks picks, int count, int run, int runs, float[] to) {
    if (run == 1 && (long) runs * OFTEN < count) {
      addBoth(from, start, picks, count, runs, to);
      return;
    }
    int[] terms = new int[runs];
    for (int i = 0; i < count; i++) {
      terms[picks.numbers()[picks.first() + i]]++;
    }
    int[] wide = new int[runs]; // where a run's accumulators are
    int wides = 0;
    for (int i = 0; i < runs; i++) {
      wide[i] = terms[i] > LongChains.SHORT ? wides++ * run : -1;
    }
    if (wides == 0) {
      FloatScatterAdd.add(from, start, picks, count, run, to);
      return;
    }
    double[] sums = new double[Math.multiplyExact(wides, run)];
    addRuns(from, start, picks, count, run, wide, sums, to);
    for (int i = 0; i < runs; i++) {
      for (int j = 0; j < run && wide[i] >= 0; j++) {
        to[(picks.base() + i) * run + j] = (float) sums[wide[i] + j];
      }
    }
  }

  /** Single elements, in float32 and in float64; which sum holds is known at the end. */
  private static void addBoth(
      float[] from, int start, Indices.Picks picks, int count, int runs, float[] to) {
    int[] numbers = picks.numbers();
    int first = picks.first();
    int base = picks.base();
    int[] terms = new int[runs];
    double[] sums = new double[runs];
    for (int i = 0; i < count; i++) {
      int number = numbers[first + i];
      float value = from[start + i];
      terms[number]++;
      to[base + number] += value;
      sums[number] += value;
    }
    for (int i = 0; i < runs; i++) {
      if (terms[i] > LongChains.SHORT) {
        to[base + i] = (float) sums[i];
      }
    }
  }

  private static void addRuns(
      float[] from,
      int start,
      Indices.Picks picks,
      int count,
      int run,
      int[] wide,
      double[] sums,
      float[] to) {
    for (int i = 0; i < count; i++) {
      int row = start + i * run;
      int at = wide[picks.numbers()[picks.first() + i]];
      if (at >= 0) {
        for (int j = 0; j < run; j++) {
          sums[at + j] += from[row + j];
        }
      } else {
        int narrow = picks.run(i) * run;
        for (int j = 0; j < run; j++) {
          to[narrow + j] += from[row + j];
        }
      }
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(
        gradient == null ? null : new Gather(axis).applyTo(gradient, call.input(1)), null);
  }
}
