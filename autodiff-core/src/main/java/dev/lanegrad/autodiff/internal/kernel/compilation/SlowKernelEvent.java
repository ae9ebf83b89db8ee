package dev.lanegrad.autodiff.internal.kernel.compilation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A flight recorder event for one of {@link SlowKernels}. */
@Name("dev.lanegrad.SlowKernel")
@Label("Lanegrad Slow Kernel")
@Category("Lanegrad")
@Description("A vector kernel that the JVM has not made fast: its scalar loop stays in use")
@StackTrace(false)
final class SlowKernelEvent extends Event {
  @Label("Kernel")
  String kernel = "";

  @Label("Reason")
  String reason = "";

  void commit(Object kernel, String reason) {
    if (shouldCommit()) {
      this.kernel = kernel.toString();
      this.reason = reason;
      commit();
    }
  }
}
