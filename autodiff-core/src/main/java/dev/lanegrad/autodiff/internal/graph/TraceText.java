package dev.lanegrad.autodiff.internal.graph;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Locale;

/** A program for readers: inputs, then steps, those of a composition under its name. */
final class TraceText {
  private static final String INDENT = "  ";

  private final Trace trace;
  private final StringBuilder text = new StringBuilder();

  TraceText(Trace trace) {
    this.trace = trace;
  }

  String text() {
    line(0, "inputs");
    for (Trace.Buffer buffer : trace.buffers()) {
      if (buffer.initial() != null) {
        line(1, describe(buffer, buffer.initial()));
      }
    }
    Trace.Phase phase = null;
    List<Trace.Composition> open = List.of();
    for (Trace.Step step : trace.steps()) {
      if (step.phase() != phase) {
        phase = step.phase();
        open = List.of();
        line(0, phase.name().toLowerCase(Locale.ROOT));
      }
      List<Trace.Composition> parts = step.parts();
      int same = 0;
      while (same < open.size() && same < parts.size() && open.get(same) == parts.get(same)) {
        same++;
      }
      for (int i = same; i < parts.size(); i++) {
        line(1 + i, parts.get(i).toString());
      }
      open = parts;
      line(1 + parts.size(), step.toString());
    }
    return text.toString();
  }

  private static String describe(Trace.Buffer buffer, Object initial) {
    String name = buffer.name() == null ? "" : " \"" + buffer.name() + '"';
    String number = buffer.length() == 1 ? " holding " + Array.get(initial, 0) : "";
    return String.format(
        Locale.ROOT, "%s %s x %,d%s%s", buffer, buffer.dtype(), buffer.length(), name, number);
  }

  private void line(int depth, String content) {
    text.append(INDENT.repeat(depth)).append(content).append('\n');
  }
}
