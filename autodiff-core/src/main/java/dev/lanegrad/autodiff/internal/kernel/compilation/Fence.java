package dev.lanegrad.autodiff.internal.kernel.compilation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * A branch that is never taken, across which the JIT moves no load: so it keeps broadcasts in their
 * places, rather than accumulators on the stack.
 */
public final class Fence {
  /** What no loop counts up to. */
  private static final int NEVER = 0x7f00_0000;

  private Fence() {}

  /**
   * Writes a fence.
   *
   * @param counter the local variable that a loop counts in
   * @param number of the fence in its loop: each compares with a number of its own, so that none
   *     can be left out
   */
  public static void write(CodeBuilder code, int counter, int number, Label end) {
    code.iload(counter).loadConstant(NEVER + number).if_icmpeq(end);
  }
}
