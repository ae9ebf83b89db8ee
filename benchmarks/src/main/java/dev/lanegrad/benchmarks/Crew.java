package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that do parts of something at the same time; the caller is one of them. */
final class Crew {
  private final int threads;
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon(true).factory());

  Crew(int threads) {
    this.threads = threads;
  }

  /** Does one part on each thread, and waits for all. */
  void run(IntConsumer part) {
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      int number = i;
      others.add(helpers.submit(() -> part.accept(number)));
    }
    part.accept(0);
    for (Future<?> other : others) {
      try {
        other.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
