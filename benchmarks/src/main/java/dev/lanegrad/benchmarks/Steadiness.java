package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How long a step takes as time goes on, and since when it takes about as long as at the end. */
final class Steadiness {
  /** Seconds over which the time of a step is averaged, at least. */
  private static final double WINDOW = 0.2;

  /** So many windows are looked at together, so that one that was disturbed does not count. */
  private static final int TOGETHER = 3;

  /** What is slower than the end by more than this is not steady yet. */
  private static final double NEAR = 1.2;

  private record Window(double end, double secondsOfAStep) {
    @Override
    public String toString() {
      return end + ":" + secondsOfAStep;
    }

    static Window parse(String text) {
      int colon = text.indexOf(':');
      return new Window(
          Double.parseDouble(text.substring(0, colon)),
          Double.parseDouble(text.substring(colon + 1)));
    }
  }

  private final List<Window> windows = new ArrayList<>();
  private double begin;
  private int steps;

  /**
   * Of steps that begin now.
   *
   * @param now in seconds
   */
  Steadiness(double now) {
    this.begin = now;
  }

  /** What another process saw, from {@link #text}. */
  static Steadiness parse(List<String> windows) {
    Steadiness steadiness = new Steadiness(0);
    windows.forEach(window -> steadiness.windows.add(Window.parse(window)));
    return steadiness;
  }

  /** All that is known of it: the end of each window, a colon, the seconds of a step in it. */
  String text() {
    return windows.stream().map(Window::toString).collect(Collectors.joining(" "));
  }

  /** One more step is done. */
  void reach(double now) {
    steps++;
    if (now - begin >= WINDOW) {
      windows.add(new Window(now, (now - begin) / steps));
      begin = now;
      steps = 0;
    }
  }

  /** Microseconds of a step in the last third of the time; NaN if that was too short to say. */
  double micros() {
    return 1e6 * steady();
  }

  private double steady() {
    List<Window> last = windows.subList(windows.size() * 2 / 3, windows.size());
    return last.isEmpty() ? Double.NaN : median(last);
  }

  /** Seconds after which a step takes at most 1.2 times as long; NaN if that is not known. */
  double since() {
    double steady = steady();
    for (int i = windows.size() - TOGETHER; i >= 0; i--) {
      if (median(windows.subList(i, i + TOGETHER)) > NEAR * steady) {
        return i + TOGETHER == windows.size() ? Double.NaN : windows.get(i + TOGETHER - 1).end;
      }
    }
    return windows.size() < TOGETHER ? Double.NaN : windows.getFirst().end;
  }

  private static double median(List<Window> windows) {
    double[] sorted = windows.stream().mapToDouble(Window::secondsOfAStep).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
