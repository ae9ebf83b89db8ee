package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;
import java.util.Locale;

/**
 * A plain loop over some elements, on as many threads as {@code lanegrad.threads} says, each of
 * which has its part of them.
 *
 * @param loop what is done
 * @param elements how many there are in all
 */
record MemoryTask(Loop loop, DType dtype, int elements) implements Task {
  static final String KIND = "memory";
  private static final int MILLION = 1_000_000;

  /** A call goes over so many elements, so that handing it to another thread does not count. */
  private static final int ENOUGH = 3_000_000;

  private static final int MOST_PASSES = 10;

  /** What is done with the elements. */
  enum Loop {
    SUM,
    COPY
  }

  /** Over a million elements. */
  MemoryTask(Loop loop, DType dtype) {
    this(loop, dtype, MILLION);
  }

  static MemoryTask of(String... words) {
    return new MemoryTask(
        Loop.valueOf(words[0]), DType.valueOf(words[1]), Integer.parseInt(words[2]));
  }

  @Override
  public String key() {
    return String.join(" ", KIND, loop.name(), dtype.name(), Integer.toString(elements));
  }

  @Override
  public String name() {
    return loop.name().toLowerCase(Locale.ROOT) + " loop";
  }

  @Override
  public String shape() {
    return String.format(Locale.ROOT, "%,d", elements);
  }

  Work prepare(int threads) {
    MemoryLoop[] parts = new MemoryLoop[threads];
    Arrays.setAll(parts, _ -> new MemoryLoop((long) elements * dtype.bytes() / threads));
    Crew crew = new Crew(threads);
    int passes = Math.clamp(ENOUGH / elements, 1, MOST_PASSES);
    return new Work(() -> crew.run(part -> pass(parts[part], passes)), passes, () -> Double.NaN);
  }

  private void pass(MemoryLoop part, int passes) {
    for (int i = 0; i < passes; i++) {
      switch (loop) {
        case SUM -> part.sum();
        case COPY -> part.copy();
      }
    }
  }
}
