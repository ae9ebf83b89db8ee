package dev.lanegrad.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does independent work on several threads; what comes out of it does not depend on how many. */
final class InParallel {
  private InParallel() {}

  /** The option that says how many threads, as all commands have it. */
  static int threads(int asked) {
    SettingException.unless(asked >= 0, "--threads must be at least 0, not " + asked);
    return asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
  }

  /**
   * The results in the order of the tasks.
   *
   * @param listener is told of each as soon as it and all before it are there, on this thread
   */
  static <T, R> List<R> map(
      int threads, List<T> tasks, Function<? super T, R> work, Consumer<? super R> listener) {
    List<R> results = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
    try {
      List<Future<R>> futures =
          tasks.stream().map(task -> pool.submit(() -> work.apply(task))).toList();
      for (Future<R> future : futures) {
        R result = future.get();
        listener.accept(result);
        results.add(result);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
    return List.copyOf(results);
  }
}
