package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;

/**
 * The loop of fused multiply-adds on registers, on as many threads as {@code lanegrad.threads}
 * says. A call is long, so that handing it to another thread does not count.
 */
record PeakTask(DType dtype) implements Task {
  static final String KIND = "peak";
  private static final int RUNS = 200;

  static PeakTask of(String... words) {
    return new PeakTask(DType.valueOf(words[0]));
  }

  @Override
  public String key() {
    return KIND + " " + dtype.name();
  }

  @Override
  public String name() {
    return "FMA loop";
  }

  @Override
  public String shape() {
    return "";
  }

  /** Floating-point operations of a call on one thread. */
  double operations() {
    return RUNS * FmaPeak.operations(dtype);
  }

  /** One call does the work of one thread: on two it is done in half the time. */
  Work prepare(int threads) {
    Crew crew = new Crew(threads);
    return new Work(() -> crew.run(_ -> part()), threads, () -> Double.NaN);
  }

  private void part() {
    for (int i = 0; i < RUNS; i++) {
      FmaPeak.run(dtype);
    }
  }
}
