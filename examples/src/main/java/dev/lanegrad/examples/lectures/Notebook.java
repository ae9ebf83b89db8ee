package dev.lanegrad.examples.lectures;

import dev.lanegrad.plots.Picture;
import java.util.List;

/** What a lecture's program shows, from top to bottom. */
public interface Notebook {
  /** A paragraph of plain text. */
  void text(String paragraph);

  /** A number that the lecture does not print. */
  void number(String name, double here);

  /**
   * A number beside the one of the lecture.
   *
   * @param lecture as it is printed there, such as {@code 0.298}
   */
  void number(String name, String lecture, double here);

  /**
   * A number that the lecture prints wrongly, beside what it should be.
   *
   * @param lecture as it is printed there, such as {@code 161,501}
   */
  void slip(String name, String lecture, double here);

  /** A claim in words, and whether it holds here. */
  void claim(String claim, boolean holds);

  /**
   * A table.
   *
   * @param rows each as long as the header; numbers in it are shown with up to nine digits
   */
  void table(String caption, List<String> header, List<? extends List<?>> rows);

  /** A picture. */
  void picture(String caption, Picture picture);

  /** A drawing that is SVG already, such as a graph. */
  void svg(String caption, String svg);
}
