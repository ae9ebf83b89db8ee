package dev.lanegrad.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * A training from the start of its process: what {@code ./run bench --start} starts again and
 * again. Its last line is for {@link StartFigures#parse}.
 */
final class StartProgram {
  static final String ANSWER = "start ";

  private static final int MANY_STEPS = 1_000;

  /** So many times the seconds asked for are enough, if there were many steps or not. */
  private static final int PATIENCE = 4;

  private StartProgram() {}

  /**
   * Trains for a while.
   *
   * @param arguments when the process was started, in milliseconds since 1970; for how many seconds
   *     to train; batch and network as {@link TrainingTask#step} takes them
   */
  public static void main(String[] arguments) {
    long started = Long.parseLong(arguments[0]);
    double seconds = Double.parseDouble(arguments[1]);
    TrainingTask task = TrainingTask.step(Integer.parseInt(arguments[2]), arguments[3]);
    Runnable step = new TrainingStep(task, TrainingTask.TIMED_RATE).work().run();
    double before = (System.currentTimeMillis() - started) / 1e3;
    System.out.println(ANSWER + train(step, before, seconds));
  }

  private static String train(Runnable step, double before, double seconds) {
    Milestones milestones = new Milestones();
    Steadiness steadiness = new Steadiness(before);
    long begin = System.nanoTime();
    double now = before;
    long steps = 0;
    while (steps == 0 || now < seconds || (steps < MANY_STEPS && now < PATIENCE * seconds)) {
      step.run();
      now = before + (System.nanoTime() - begin) / 1e9;
      steps++;
      milestones.reach(steps, now);
      steadiness.reach(now);
    }
    CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
    double compiled = jit == null ? Double.NaN : jit.getTotalCompilationTime() / 1e3;
    return "%s %s %s".formatted(milestones, compiled, steadiness.text());
  }

  private static final class Milestones {
    private double first = Double.NaN;
    private double ten = Double.NaN;
    private double hundred = Double.NaN;
    private double thousand = Double.NaN;

    void reach(long steps, double now) {
      if (steps == 1) {
        first = now;
      } else if (steps == 10) {
        ten = now;
      } else if (steps == 100) {
        hundred = now;
      } else if (steps == MANY_STEPS) {
        thousand = now;
      }
    }

    @Override
    public String toString() {
      return "%s %s %s %s".formatted(first, ten, hundred, thousand);
    }
  }
}
