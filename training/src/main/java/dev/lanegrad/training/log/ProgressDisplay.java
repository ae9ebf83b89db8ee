package dev.lanegrad.training.log;

import dev.lanegrad.training.Callback;
import dev.lanegrad.training.TrainerState;
import java.io.Console;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a training is, with loss, metrics, learning rate and the time that is left: a live
 * bar in a terminal, a line after each report and every few seconds elsewhere.
 */
public final class ProgressDisplay implements Callback {
  /** How it is shown. */
  public enum Style {
    /** A bar in a terminal, lines elsewhere. */
    AUTOMATIC,
    /** A bar, on the standard error stream. */
    BAR,
    /** Lines. */
    LINES,
    /** Nothing. */
    SILENT
  }

  private static final long LINE_NANOS = 10_000_000_000L;

  private final Style style;
  private final PrintStream out;
  private @Nullable TerminalBar bar;
  private double startSeconds;
  private long startStep;
  private long shown;
  private String reported = "";

  /** A bar in a terminal, lines on the standard output stream elsewhere. */
  public ProgressDisplay() {
    this(Style.AUTOMATIC);
  }

  /** A style of one's choice, lines on the standard output stream. */
  public ProgressDisplay(Style style) {
    this(style, System.out);
  }

  /**
   * A style of one's choice.
   *
   * @param out where lines go
   */
  public ProgressDisplay(Style style, PrintStream out) {
    Objects.requireNonNull(style, "progressDisplay: style is null");
    this.style = style == Style.AUTOMATIC ? (isTerminal() ? Style.BAR : Style.LINES) : style;
    this.out = Objects.requireNonNull(out, "progressDisplay: out is null");
  }

  /** Makes room for a line that is printed beside a bar; it is drawn again soon. */
  public void clearLine() {
    if (bar != null) {
      bar.clearLine();
    }
  }

  /** Whether a live bar can be drawn: both streams are those of a terminal. */
  @SuppressWarnings("SystemConsoleNull") // it is null in 25 where there is none
  public static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void onStart(TrainerState state) {
    startStep = state.step();
    startSeconds = state.seconds();
    shown = System.nanoTime();
    if (style == Style.BAR) {
      bar = new TerminalBar(state.step(), state.steps(), state.seconds());
    }
  }

  private static boolean isEndless(TrainerState state) {
    return state.steps() == Long.MAX_VALUE;
  }

  @Override
  public void onStep(TrainerState state) {
    if (style == Style.SILENT) {
      return;
    }
    if (bar != null) {
      bar.stepTo(state.step());
    }
    long since = System.nanoTime() - shown;
    if (since >= (style == Style.BAR ? TerminalBar.MILLIS * 1_000_000L : LINE_NANOS)) {
      shown += since;
      String values = values(state.metrics()) + rate(state);
      if (bar == null) {
        out.println(line(state, values));
      } else {
        bar.say(String.format(Locale.ROOT, " epoch %d%s%s", state.epoch() + 1, values, reported));
      }
    }
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    shown = System.nanoTime();
    if (style == Style.LINES) {
      out.println(line(state, values(values)));
    } else if (bar != null) {
      SequencedMap<String, Double> validated = new LinkedHashMap<>(values);
      validated.keySet().removeIf(name -> !name.startsWith("val_"));
      reported = values(validated);
      bar.say(String.format(Locale.ROOT, " epoch %d%s", state.epoch() + 1, values(values)));
    }
  }

  @Override
  public void onEnd(TrainerState state) {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (style == Style.LINES) {
      out.println(
          String.format(
              Locale.ROOT,
              "%d steps in %s: %s",
              state.step(),
              duration(state.seconds()),
              state.history().reason()));
    }
  }

  private String line(TrainerState state, String values) {
    String all = isEndless(state) ? "" : "/" + state.steps();
    return String.format(
        Locale.ROOT,
        "epoch %d  step %d%s %s  %s%s",
        state.epoch() + 1,
        state.step(),
        all,
        values,
        duration(state.seconds()),
        left(state));
  }

  /** By the pace since this start, not counting steps before a resume. */
  private String left(TrainerState state) {
    long steps = state.step() - startStep;
    if (isEndless(state) || steps <= 0 || state.step() >= state.steps()) {
      return "";
    }
    double pace = (state.seconds() - startSeconds) / steps;
    return ", %s left".formatted(duration(pace * (state.steps() - state.step())));
  }

  private static String rate(TrainerState state) {
    return Double.isNaN(state.learningRate()) ? "" : " rate " + text(state.learningRate());
  }

  private static String values(Map<String, Double> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(' ').append(name).append(' ').append(text(value)));
    return text.toString();
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static String duration(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  @Override
  public String toString() {
    return "ProgressDisplay[%s]".formatted(style);
  }
}
