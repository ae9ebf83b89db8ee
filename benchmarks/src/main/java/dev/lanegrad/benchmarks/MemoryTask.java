package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;
import java.util.Locale;

/**
 * A plain loop over a million elements, on as many threads as {@code lanegrad.threads} says, each
 * of which has its part of them.
 *
 * @param loop what is done
 */
record MemoryTask(Loop loop, DType dtype) implements Task {
  static final String KIND = "memory";
  private static final int ELEMENTS = 1_000_000;

  /** A call is so many passes, so that handing it to another thread does not count. */
  private static final int PASSES = 10;

  /** What is done with the elements. */
  enum Loop {
    SUM,
    COPY
  }

  static MemoryTask of(String... words) {
    return new MemoryTask(Loop.valueOf(words[0]), DType.valueOf(words[1]));
  }

  @Override
  public String key() {
    return String.join(" ", KIND, loop.name(), dtype.name());
  }

  @Override
  public String name() {
    return loop.name().toLowerCase(Locale.ROOT) + " loop";
  }

  @Override
  public String shape() {
    return String.format(Locale.ROOT, "%,d", ELEMENTS);
  }

  Work prepare(int threads) {
    MemoryLoop[] parts = new MemoryLoop[threads];
    Arrays.setAll(parts, _ -> new MemoryLoop((long) ELEMENTS * dtype.bytes() / threads));
    Crew crew = new Crew(threads);
    return new Work(() -> crew.run(part -> pass(parts[part])), PASSES, () -> Double.NaN);
  }

  private void pass(MemoryLoop part) {
    for (int i = 0; i < PASSES; i++) {
      switch (loop) {
        case SUM -> part.sum();
        case COPY -> part.copy();
      }
    }
  }
}
