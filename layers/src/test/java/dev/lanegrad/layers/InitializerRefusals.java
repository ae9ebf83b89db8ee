package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Settings and shapes that an initialiser cannot draw for. */
final class InitializerRefusals {
  static final List<Refusal> ALL = new ArrayList<>();

  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static {
    initializer(
        "truncatedNormal: needs a finite mean,", () -> Initializer.truncatedNormal(0, 1, 2, 2));
    initializer(
        "truncatedNormal: needs a finite mean, a finite deviation > 0 and low < high, not NaN, 1.0",
        () -> Initializer.truncatedNormal(Double.NaN, 1, 0, 2));
    initializer(
        "truncatedNormal: needs a finite mean,",
        () -> Initializer.truncatedNormal(0, INFINITY, 0, 2));
    initializer(
        "truncatedNormal: needs a finite mean,",
        () -> Initializer.truncatedNormal(0, 1, 0, Double.NaN));
    initializer(
        "uniform: needs finite low <= high, not [1.0, 0.0]", () -> Initializer.uniform(1, 0));
    initializer(
        "uniform: needs finite low <= high, not [0.0, Infinity]",
        () -> Initializer.uniform(0, INFINITY));
    initializer(
        "normal: deviation must be finite and at least 0, not -1.0",
        () -> Initializer.normal(0, -1));
    initializer("normal: mean must be finite, not NaN", () -> Initializer.normal(Double.NaN, 1));
    initializer("constant: value must be finite, not NaN", () -> Initializer.constant(Double.NaN));
    initializer(
        "kaimingUniform: slope must be finite, not NaN",
        () -> Initializer.kaimingUniform(Double.NaN));
    initializer(
        "kaimingUniform: gain must be finite and at least 0, not -1.0",
        () -> Initializer.kaimingUniform(-1, Fan.IN));
    initializer(
        "kaimingNormal: slope must be finite, not Infinity",
        () -> Initializer.kaimingNormal(INFINITY));
    initializer(
        "kaimingNormal: gain must be finite and at least 0, not NaN",
        () -> Initializer.kaimingNormal(Double.NaN, Fan.OUT));
    initializer(
        "xavierUniform: gain must be finite and at least 0, not -2.0",
        () -> Initializer.xavierUniform(-2));
    initializer(
        "xavierNormal: gain must be finite and at least 0, not NaN",
        () -> Initializer.xavierNormal(Double.NaN));
    initializer(
        "orthogonal: gain must be finite, not NaN", () -> Initializer.orthogonal(Double.NaN));
    for (int[] shape : new int[][] {{3, -1}, {3, 2, 0}, {0, 2}}) {
      initializer(
          "orthogonal: takes a weight [out, in, ..] of lengths of at least 1, not "
              + Arrays.toString(shape),
          () -> Initializer.orthogonal(1).create(RANDOM, DType.FLOAT32, shape));
    }
    initializer(
        "orthogonal: a weight [out, in, ..] of [65536, 65536, 2] has more than the 2,147,483,647",
        () -> Initializer.orthogonal(1).create(RANDOM, DType.FLOAT32, 65_536, 65_536, 2));
    initializer(
        "initializer: only a weight [out, in, ..] has a fan, not shape [3, -1]",
        () -> Initializer.kaimingUniform(0).create(RANDOM, DType.FLOAT32, 3, -1));
    initializer(
        "initializer: the fan of shape [0, 65536, 65536] is more than 2,147,483,647",
        () -> Initializer.xavierNormal(1).create(RANDOM, DType.FLOAT32, 0, 65_536, 65_536));
  }

  private InitializerRefusals() {}

  private static void refused(Class<?> type, String message, Runnable call) {
    ALL.add(new Refusal(type, message, call));
  }

  private static void initializer(String message, Runnable call) {
    refused(Initializer.class, message, call);
  }
}
