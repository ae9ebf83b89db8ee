package dev.lanegrad.autodiff.internal.kernel.threads;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Loops large enough for threads to share; prints what they gave and how many threads there are.
 */
final class LargeLoops {
  private LargeLoops() {}

  public static void main(String... arguments) {
    int hash = 1;
    for (int round = 0; round < 4; round++) {
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        for (Tensor result : results(new SplittableRandom(round), dtype)) {
          hash = 31 * hash + Arrays.hashCode(result.toDoubleArray());
        }
      }
    }
    System.out.println("hash " + hash + ", workers " + workers());
  }

  /** How many threads there are besides the user's. */
  static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("lanegrad-worker"))
        .count();
  }

  private static List<Tensor> results(SplittableRandom random, DType dtype) {
    Tensor line = Tensor.uniform(random, dtype, -2, 2, 700_007);
    Tensor table = Tensor.uniform(random, dtype, -2, 2, 9_000, 123);
    Tensor bias = Tensor.uniform(random, dtype, -1, 1, 123);
    Tensor square = Tensor.uniform(random, dtype, -1, 1, 305, 290);
    Tensor deep = Tensor.uniform(random, dtype, -1, 1, 41, 1_300);
    Tensor wide = Tensor.uniform(random, dtype, -1, 1, 60, 4_133);
    Tensor tall = Tensor.uniform(random, dtype, -1, 1, 1_003, 60);
    Tensor broad = Tensor.uniform(random, dtype, -1, 1, 700, 1_733);
    return List.of(
        broad.sum(0),
        broad.mul(2).max(0),
        line.slice(0, 0, 700).unsqueeze(0).matmul(broad),
        line.tanh(),
        line.slice(0, 1, 700_006).add(line.slice(0, 0, 700_005)),
        line.flip(0).mul(line),
        line.sum(),
        line.max(),
        table.add(bias).sigmoid(),
        table.sum(0),
        table.mul(bias).sum(1),
        table.softmax(1),
        table.transpose().exp().sum(0),
        square.matmul(square.transpose()),
        square.matmul(square.transpose().slice(1, 3, 303)),
        deep.matmul(deep.transpose()),
        deep.transpose().matmul(deep),
        tall.slice(0, 0, 95).matmul(wide),
        wide.transpose().matmul(tall.transpose().slice(1, 0, 130)),
        tall.matmul(wide.slice(1, 0, 38)),
        wide.matmul(wide.transpose().slice(1, 0, 1)),
        wide.slice(0, 0, 1).matmul(wide.transpose()),
        square.transpose().matmul(square));
  }
}
