package dev.lanegrad.training;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/**
 * Elements 0 to count - 1, each made in the background while the one before it is in use. Whoever
 * stops early leaves nothing behind but the one element that is being made.
 */
final class Prefetch<T> implements Iterator<T> {
  private final int count;
  private final IntFunction<T> maker;
  private int position;
  private CompletableFuture<T> upcoming;

  Prefetch(int count, IntFunction<T> maker) {
    this.count = count;
    this.maker = maker;
    upcoming = start(0);
  }

  private CompletableFuture<T> start(int index) {
    return index == count
        ? CompletableFuture.failedFuture(new NoSuchElementException("there are " + count))
        : CompletableFuture.supplyAsync(() -> maker.apply(index), Thread.ofVirtual()::start);
  }

  @Override
  public boolean hasNext() {
    return position < count;
  }

  @Override
  public T next() {
    T current = join();
    position++;
    upcoming = start(position);
    return current;
  }

  /** The upcoming element; what its maker threw is thrown as it was. */
  private T join() {
    try {
      return upcoming.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
