package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What has to be done for operands of certain shapes and strides, worked out once: steps that read
 * and write numbered arrays. The first of these are those a caller gives, the others temporaries.
 */
public final class Plan {
  /** One loop, or one copy. */
  interface Step {
    /**
     * Does it.
     *
     * @param arrays all arrays of the plan
     * @param offsets where in each its elements begin
     */
    void run(Object[] arrays, int[] offsets);
  }

  private final DType dtype;
  private final int[] temporaries;
  private final Step[] steps;

  private Plan(Writer writer) {
    this.dtype = writer.dtype;
    this.temporaries = new int[writer.temporaries.size()];
    for (int i = 0; i < temporaries.length; i++) {
      temporaries[i] = writer.temporaries.get(i);
    }
    this.steps = writer.steps.toArray(Step[]::new);
  }

  /**
   * Does all of it.
   *
   * @param arrays the inputs' arrays, then the outputs'
   * @param offsets where in each array its elements begin
   */
  public void run(Object[] arrays, int[] offsets) {
    if (temporaries.length == 0) {
      runSteps(arrays, offsets);
    } else {
      runWithTemporaries(arrays, offsets);
    }
  }

  private void runWithTemporaries(Object[] arrays, int[] offsets) {
    int given = arrays.length;
    Object[] all = Arrays.copyOf(arrays, given + temporaries.length);
    for (int i = 0; i < temporaries.length; i++) {
      all[given + i] = Scratch.borrow(dtype, temporaries[i]);
    }
    runSteps(all, Arrays.copyOf(offsets, all.length));
    for (int i = 0; i < temporaries.length; i++) {
      Scratch.giveBack(all[given + i]);
    }
  }

  private void runSteps(Object[] arrays, int[] offsets) {
    for (Step step : steps) {
      step.run(arrays, offsets);
    }
  }

  /** A plan in the making. */
  static final class Writer {
    private final DType dtype;
    private final int given;
    private final boolean isExact;
    private final List<Integer> temporaries = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    /** A plan for so many arrays from outside. */
    Writer(DType dtype, int given) {
      this(dtype, given, false);
    }

    /**
     * A plan for so many arrays from outside.
     *
     * @param isExact whether what lies behind a result must stay as it is: it may be part of a
     *     larger one
     */
    Writer(DType dtype, int given, boolean isExact) {
      this.dtype = dtype;
      this.given = given;
      this.isExact = isExact;
    }

    boolean isExact() {
      return isExact;
    }

    DType dtype() {
      return dtype;
    }

    /** The number of a temporary array. */
    int temporary(int size) {
      temporaries.add(size);
      return given + temporaries.size() - 1;
    }

    void add(Step step) {
      steps.add(step);
    }

    /**
     * A copy of an operand in which the last {@code inner} dimensions lie in row-major order,
     * repeated elements written out; along the outer dimensions repeated elements stay shared.
     */
    Access packed(int[] dims, Access operand, int inner) {
      int[] lengths = dims.clone();
      int[] strides = new int[lengths.length];
      int size = 1;
      for (int i = lengths.length - 1; i >= 0; i--) {
        boolean shared = i < lengths.length - inner && operand.stride(i) == 0;
        strides[i] = shared ? 0 : size;
        lengths[i] = shared ? 1 : lengths[i];
        size *= lengths[i];
      }
      int copy = temporary(size);
      add(Copy.of(operand, lengths, copy));
      return new Access(copy, 0, strides);
    }

    Plan finish() {
      return new Plan(this);
    }
  }

  private record Copy(Access from, int[] lengths, int to) implements Step {
    /** Without the dimensions of length 1. */
    static Copy of(Access from, int[] lengths, int to) {
      int[] strides = new int[lengths.length];
      int[] kept = new int[lengths.length];
      int rank = 0;
      for (int i = 0; i < lengths.length; i++) {
        if (lengths[i] != 1) {
          strides[rank] = from.stride(i);
          kept[rank++] = lengths[i];
        }
      }
      Access same = new Access(from.array(), from.offset(), Arrays.copyOf(strides, rank));
      return new Copy(same, Arrays.copyOf(kept, rank), to);
    }

    @Override
    public void run(Object[] arrays, int[] offsets) {
      int start = offsets[from.array()] + from.offset();
      Runs.copy(arrays[from.array()], start, lengths, from.strides(), arrays[to], offsets[to]);
    }
  }
}
