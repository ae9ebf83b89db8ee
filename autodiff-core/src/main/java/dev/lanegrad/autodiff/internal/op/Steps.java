package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;

/**
 * The steps of a {@link Recurrence}.
 *
 * @param count how many
 * @param n sequences that are read at once
 * @param gates blocks of {@code size} in a row of gates
 * @param size of a state
 * @param backwards whether the last of the sequence comes first
 */
record Steps(int count, int n, int gates, int size, boolean backwards) {
  /** Of gates [steps, n, gates size]. */
  static Steps of(Shape gatesOfAll, int gates, boolean backwards) {
    return new Steps(
        gatesOfAll.dim(0), gatesOfAll.dim(1), gates, gatesOfAll.dim(2) / gates, backwards);
  }

  /** Which step of the sequence comes at a turn. */
  int at(int turn) {
    return backwards ? count - 1 - turn : turn;
  }

  /** Elements of all gates of a sequence at a step. */
  int columns() {
    return gates * size;
  }

  /** Elements of a state at a step. */
  int block() {
    return n * size;
  }

  /** Elements of all gates at a step. */
  int wide() {
    return n * gates * size;
  }
}
