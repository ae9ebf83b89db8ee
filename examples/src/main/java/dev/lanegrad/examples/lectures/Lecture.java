package dev.lanegrad.examples.lectures;

import java.util.function.Consumer;

/**
 * A system of the lectures as a program that runs.
 *
 * @param id such as {@code L3.3}
 * @param title such as {@code The 2-2-2 sigmoid network}
 * @param summary what it shows, in one line
 * @param program writes what it computes into a notebook
 */
public record Lecture(String id, String title, String summary, Consumer<Notebook> program) {
  /** Runs it. */
  public void run(Notebook notebook) {
    program.accept(notebook);
  }
}
