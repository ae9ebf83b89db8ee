package dev.lanegrad.autodiff.internal.kernel.compilation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * What the flight recorder, where there is one, is told of a {@linkplain SlowKernels slow kernel}.
 */
final class SlowKernelEvent {
  private static final boolean HAS_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private SlowKernelEvent() {}

  static void commit(Object kernel, String why) {
    if (HAS_RECORDER) {
      Recorded event = new Recorded();
      event.kernel = kernel.toString();
      event.reason = why;
      event.commit();
    }
  }

  @Name("dev.lanegrad.SlowKernel")
  @Label("Lanegrad Slow Kernel")
  @Category("Lanegrad")
  @Description("A vector kernel that the JVM has not made fast: its scalar loop stays in use")
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // the flight recorder reads them
  private static final class Recorded extends Event {
    @Label("Kernel")
    String kernel = "";

    @Label("Reason")
    String reason = "";
  }
}
