package dev.lanegrad.benchmarks;

/** What the machine can do at best, by which an operation is measured. */
enum Ceiling {
  /** Fused multiply-adds on registers. */
  FMA,
  /** Copying arrays of the same size. */
  COPY,
  /** Nothing that compares. */
  NONE
}
