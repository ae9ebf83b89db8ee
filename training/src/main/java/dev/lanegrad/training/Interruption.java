package dev.lanegrad.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a training that keeps checkpoints write a last one when the process is asked to end, by
 * Ctrl-C or by the system: the end waits for the step that is under way.
 */
final class Interruption implements AutoCloseable {
  static final String REASON = "the process was asked to end";

  private static final int TICKS_TO_WAIT = 1_200;
  private static final int TICK_MILLIS = 50;

  private final TrainingRun run;
  private final Thread training = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "last checkpoint");
  private final boolean isWatching;
  private volatile boolean isUnderWay;

  private Interruption(TrainingRun run, boolean watches) {
    this.run = run;
    this.isWatching = watches;
  }

  /** From now on until it is closed, if there are checkpoints. */
  static Interruption watch(TrainingRun run, CheckpointWriter writer) {
    Interruption interruption = new Interruption(run, writer.isOn());
    if (interruption.isWatching) {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    }
    return interruption;
  }

  /** Whether the process is about to end. */
  boolean isUnderWay() {
    return isUnderWay;
  }

  /** Says where the last checkpoint is. */
  void tell(Path checkpoint) {
    System.err.printf(
        Locale.ROOT,
        "%nstopped after step %d; the last checkpoint is %s%n",
        run.step(),
        checkpoint);
  }

  /** What keeps the process from ending. */
  private void await() {
    isUnderWay = true;
    run.stop(REASON);
    try {
      for (int tick = 0; tick < TICKS_TO_WAIT && !asksItself(); tick++) {
        if (done.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A training that calls System.exit in the midst of a step waits for this to end. */
  private boolean asksItself() {
    return Arrays.stream(training.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }

  /** Where the process is about to end this does not return, so that nothing is done half. */
  @Override
  public void close() {
    if (!isWatching) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      done.countDown();
      while (isUnderWay) {
        LockSupport.park(this);
      }
    }
  }
}
