package dev.lanegrad.autodiff.internal.graph;

import org.jspecify.annotations.Nullable;

/**
 * Events of the JVM's flight recorder, where there is one: an image made by jlink, or {@code
 * --limit-modules}, may leave the module out, and a class path says nothing about it.
 */
final class FlightRecorder {
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}

  /**
   * The event of an operation that begins now; null without a flight recorder, and until the first
   * recording: the recorder's own start would be a fifth of the time to a program's first result.
   */
  static @Nullable OperationEvent begin() {
    if (!PRESENT || !jdk.jfr.FlightRecorder.isInitialized()) {
      return null;
    }
    OperationEvent event = new OperationEvent();
    event.begin();
    return event;
  }
}
