package dev.lanegrad.examples;

import dev.lanegrad.training.Callback;
import dev.lanegrad.training.TrainerState;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Rows of a table of reports that say where a training stands, as soon as nothing was printed for a
 * second, the first after half of one: it shall be seen that it does something where no bar can be
 * drawn.
 */
final class ProgressRows implements Callback {
  private static final long SILENCE = 1_000_000_000;

  private final PrintWriter out;
  private final Function<TrainerState, String> position;
  private final int first;
  private final int between;
  private final LongSupplier nanoTime;
  private long printed;

  /**
   * Made when the head of the table is printed.
   *
   * @param position what the first column holds
   * @param first how wide that is
   * @param between how wide the columns between loss and seconds are, which stay empty
   */
  ProgressRows(PrintWriter out, Function<TrainerState, String> position, int first, int between) {
    this(out, position, first, between, System::nanoTime);
  }

  ProgressRows(
      PrintWriter out,
      Function<TrainerState, String> position,
      int first,
      int between,
      LongSupplier nanoTime) {
    this.out = out;
    this.position = position;
    this.first = first;
    this.between = between;
    this.nanoTime = nanoTime;
    printed = nanoTime.getAsLong() - SILENCE / 2;
  }

  @Override
  public void onStep(TrainerState state) {
    long now = nanoTime.getAsLong();
    if (now - printed >= SILENCE) {
      printed = now;
      out.println(row(position.apply(state), state.loss(), state.seconds()));
    }
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    printed = nanoTime.getAsLong();
  }

  private String row(String place, double loss, double seconds) {
    return " ".repeat(Math.max(0, first - place.length()))
        + place
        + String.format(Locale.ROOT, "   %6.4f", loss)
        + " ".repeat(between)
        + String.format(Locale.ROOT, "%6.2f", seconds);
  }
}
