package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.List;

/** Where in the user's code a node was made, if {@code lanegrad.trace} is on. */
final class Origin {
  private static final List<String> NOT_THE_USER =
      List.of(
          "dev.lanegrad.autodiff.",
          "dev.lanegrad.layers.",
          "dev.lanegrad.optim.",
          "dev.lanegrad.training.",
          "java.",
          "jdk.");

  static final String RECORDED_AT = " recorded at ";

  private Origin() {}

  static String ofCaller() {
    return Settings.TRACE
        ? StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(f -> NOT_THE_USER.stream().noneMatch(f.getClassName()::startsWith))
                        .findFirst()
                        .map(f -> RECORDED_AT + f.toStackTraceElement())
                        .orElse(""))
        : "";
  }
}
