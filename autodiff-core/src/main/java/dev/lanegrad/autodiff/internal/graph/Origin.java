package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.internal.Settings;

/** Where in the user's code a node was made, if {@code lanegrad.trace} is on. */
final class Origin {
  private static final String OWN_PACKAGES = "dev.lanegrad.autodiff.";

  private Origin() {}

  static String ofCaller() {
    return Settings.TRACE
        ? StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(f -> !f.getClassName().startsWith(OWN_PACKAGES))
                        .findFirst()
                        .map(f -> " recorded at " + f.toStackTraceElement())
                        .orElse(""))
        : "";
  }
}
