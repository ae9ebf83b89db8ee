package dev.lanegrad.autodiff.internal.kernel.compilation;

import java.util.List;

/**
 * The vector widths that kernels are written for. Those that the machine has are tested before and
 * after the JIT has compiled them; at the others, where each operation is emulated, the bits of a
 * few samples are.
 */
public final class Widths {
  public static final List<Integer> ALL = List.of(128, 256, 512);

  private static final int WIDEST = Lanes.widest();

  private Widths() {}

  static List<Integer> ofTheMachine() {
    return ALL.stream().filter(bits -> !isEmulated(bits)).toList();
  }

  public static boolean isEmulated(int bits) {
    return bits > WIDEST;
  }

  /** So many samples, or a few at an emulated width. */
  public static int samples(int bits, int usual) {
    return isEmulated(bits) ? Math.ceilDiv(usual, 10) : usual;
  }

  /** Has a JVM run at this width from the first call on, whether the machine has it or not. */
  public static List<String> options(int bits) {
    return List.of(
        "-Dlanegrad.warmup=none",
        "-Dlanegrad.vector.bits=" + bits,
        "-Dlanegrad.vector.emulate=true");
  }
}
