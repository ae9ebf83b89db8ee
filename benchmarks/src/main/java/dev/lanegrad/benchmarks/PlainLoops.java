package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;

/** Loops as one would write them first. */
final class PlainLoops {
  private static volatile double sink;

  private PlainLoops() {}

  static Runnable prepare(LoopTask task) {
    if (task.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException("plain loops are of float32");
    }
    return switch (task.function()) {
      case ADD, MUL -> {
        float[] x = (float[]) LoopTask.array(task.dtype(), task.numbers());
        float[] y = x.clone();
        float[] z = new float[task.size()];
        yield task.function() == Operation.ADD ? () -> add(x, y, z) : () -> mul(x, y, z);
      }
      case SUM -> {
        float[] x = (float[]) LoopTask.array(task.dtype(), task.numbers());
        yield () -> sink = sum(x, task.size());
      }
      case MAX -> {
        float[] x = (float[]) LoopTask.array(task.dtype(), task.numbers());
        yield () -> sink = max(x, task.size());
      }
      case MATMUL -> {
        int n = task.size();
        float[] a = Operation.normal(task.dtype(), n, n).toFloatArray();
        float[] b = Operation.normal(task.dtype(), n, n).toFloatArray();
        float[] c = new float[n * n];
        yield () -> matmul(a, b, c, n);
      }
      default -> throw new IllegalArgumentException("no plain loop for " + task.function());
    };
  }

  /** What was computed last, which keeps it from being left out. */
  static double result() {
    return sink;
  }

  private static void add(float[] x, float[] y, float[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i] + y[i];
    }
  }

  private static void mul(float[] x, float[] y, float[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i] * y[i];
    }
  }

  private static float sum(float[] x, int size) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static float max(float[] x, int size) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /** In the order i, k, j. */
  private static void matmul(float[] a, float[] b, float[] c, int n) {
    Arrays.fill(c, 0);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        float factor = a[i * n + k];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += factor * b[k * n + j];
        }
      }
    }
  }
}
