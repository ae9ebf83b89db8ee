package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** As many fused multiply-adds as one core can do: 12 chains that stay in registers. */
final class FmaPeak {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int ROUNDS = 10_000;

  private static volatile double sink;

  private FmaPeak() {}

  /** Runs the loop once. */
  static void run(DType dtype) {
    if (dtype == DType.FLOAT32) {
      runFloats();
    } else {
      runDoubles();
    }
  }

  /** Floating-point operations of one run; a fused multiply-add counts as two. */
  static double operations(DType dtype) {
    int lanes = dtype == DType.FLOAT32 ? FLOATS.length() : DOUBLES.length();
    return 2.0 * lanes * CHAINS * ROUNDS;
  }

  /** What the loops computed last, which keeps them from being left out. */
  static double result() {
    return sink;
  }

  private static void runFloats() {
    FloatVector factor = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector term = FloatVector.broadcast(FLOATS, 0.25f);
    FloatVector s0 = term.add(0);
    FloatVector s1 = term.add(1);
    FloatVector s2 = term.add(2);
    FloatVector s3 = term.add(3);
    FloatVector s4 = term.add(4);
    FloatVector s5 = term.add(5);
    FloatVector s6 = term.add(6);
    FloatVector s7 = term.add(7);
    FloatVector s8 = term.add(8);
    FloatVector s9 = term.add(9);
    FloatVector s10 = term.add(10);
    FloatVector s11 = term.add(11);
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(factor, term);
      s1 = s1.fma(factor, term);
      s2 = s2.fma(factor, term);
      s3 = s3.fma(factor, term);
      s4 = s4.fma(factor, term);
      s5 = s5.fma(factor, term);
      s6 = s6.fma(factor, term);
      s7 = s7.fma(factor, term);
      s8 = s8.fma(factor, term);
      s9 = s9.fma(factor, term);
      s10 = s10.fma(factor, term);
      s11 = s11.fma(factor, term);
    }
    FloatVector sum = s0;
    sum = sum.add(s1);
    sum = sum.add(s2);
    sum = sum.add(s3);
    sum = sum.add(s4);
    sum = sum.add(s5);
    sum = sum.add(s6);
    sum = sum.add(s7);
    sum = sum.add(s8);
    sum = sum.add(s9);
    sum = sum.add(s10);
    sum = sum.add(s11);
    sink = sum.lane(0);
  }

  private static void runDoubles() {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, 0.5);
    DoubleVector term = DoubleVector.broadcast(DOUBLES, 0.25);
    DoubleVector s0 = term.add(0);
    DoubleVector s1 = term.add(1);
    DoubleVector s2 = term.add(2);
    DoubleVector s3 = term.add(3);
    DoubleVector s4 = term.add(4);
    DoubleVector s5 = term.add(5);
    DoubleVector s6 = term.add(6);
    DoubleVector s7 = term.add(7);
    DoubleVector s8 = term.add(8);
    DoubleVector s9 = term.add(9);
    DoubleVector s10 = term.add(10);
    DoubleVector s11 = term.add(11);
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(factor, term);
      s1 = s1.fma(factor, term);
      s2 = s2.fma(factor, term);
      s3 = s3.fma(factor, term);
      s4 = s4.fma(factor, term);
      s5 = s5.fma(factor, term);
      s6 = s6.fma(factor, term);
      s7 = s7.fma(factor, term);
      s8 = s8.fma(factor, term);
      s9 = s9.fma(factor, term);
      s10 = s10.fma(factor, term);
      s11 = s11.fma(factor, term);
    }
    DoubleVector sum = s0;
    sum = sum.add(s1);
    sum = sum.add(s2);
    sum = sum.add(s3);
    sum = sum.add(s4);
    sum = sum.add(s5);
    sum = sum.add(s6);
    sum = sum.add(s7);
    sum = sum.add(s8);
    sum = sum.add(s9);
    sum = sum.add(s10);
    sum = sum.add(s11);
    sink = sum.lane(0);
  }
}
