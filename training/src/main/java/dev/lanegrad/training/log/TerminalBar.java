package dev.lanegrad.training.log;

import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A live bar on the standard error stream. The library that draws it is loaded only where there is
 * one.
 */
final class TerminalBar {
  /** Between two drawings. */
  static final int MILLIS = 200;

  private final ProgressBar bar;

  /**
   * A bar that begins where a training does.
   *
   * @param steps that there will be, or Long.MAX_VALUE if nobody knows
   * @param seconds spent before
   */
  TerminalBar(long step, long steps, double seconds) {
    bar =
        new ProgressBarBuilder()
            .setInitialMax(steps == Long.MAX_VALUE ? -1 : steps)
            .startsFrom(step, Duration.ofMillis((long) (1_000 * seconds)))
            .setUpdateIntervalMillis(MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, TerminalWidth.get()))
            .build();
  }

  /**
   * Not left to the library, whose terminal takes Ctrl-C for itself: a process would end without
   * its last checkpoint.
   */
  private void draw(String text) {
    System.err.print("\r" + text + "\033[K");
    System.err.flush();
  }

  /** Makes room for another line; the bar is drawn again soon. */
  void clearLine() {
    draw("");
  }

  void stepTo(long step) {
    bar.stepTo(step);
  }

  /** Has a text behind the bar. */
  void say(String text) {
    bar.setExtraMessage(text);
  }

  /** Leaves the bar standing as it is. */
  void close() {
    bar.close();
    System.err.println();
  }
}
