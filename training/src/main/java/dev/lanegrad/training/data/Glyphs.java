package dev.lanegrad.training.data;

import java.util.Arrays;
import java.util.List;

/**
 * How the digits are written, each in one way or several.
 *
 * <p>A line of the table is one way: the digit, then its strokes. A stroke is {@code -} for
 * straight lines or {@code ~} for a curve, then the percentages x and y of the points it goes
 * through: x to the right and y down.
 */
final class Glyphs {
  private static final String TABLE =
      """
      0 ~ 50 0 10 22 4 50 10 78 50 100 90 78 96 50 90 22 50 0
      1 - 50 0 50 100
      1 - 20 28 55 0 55 100
      1 - 20 28 55 0 55 100 - 20 100 90 100
      2 ~ 10 25 30 3 65 0 90 22 80 50 45 75 10 100 - 10 100 95 100
      2 ~ 12 20 45 0 85 15 82 42 50 75 20 98 12 85 30 80 60 98 95 90
      3 ~ 12 12 45 0 85 15 80 38 42 48 ~ 42 48 85 58 92 80 50 100 8 88
      3 - 10 0 88 0 42 42 ~ 42 42 85 55 92 80 50 100 8 88
      4 - 68 100 68 0 4 68 98 68
      4 - 15 0 10 52 95 52 - 80 5 75 100
      5 - 88 0 20 0 15 45 ~ 15 45 50 36 90 55 88 86 45 100 8 88
      6 ~ 82 3 40 20 12 55 15 85 50 100 88 82 80 55 48 47 14 68
      6 ~ 50 0 20 40 10 75 40 100 82 85 75 58 40 55 12 75
      7 - 8 0 92 0 ~ 92 0 60 50 40 100
      7 - 8 0 92 0 38 100 - 30 50 82 50
      8 ~ 50 47 15 25 50 0 85 25 50 47 10 75 50 100 90 75 50 47
      9 ~ 86 28 50 52 12 28 45 0 86 25 85 60 60 100
      9 ~ 86 25 50 50 14 25 50 0 86 25 - 86 25 84 100
      """;

  private static final List<Glyph> ALL = TABLE.lines().map(Glyphs::parse).toList();

  private Glyphs() {}

  /** The ways to write a digit. */
  static List<Glyph> of(int digit) {
    return ALL.stream().filter(glyph -> glyph.digit == digit).toList();
  }

  private static Glyph parse(String line) {
    String[] strokes = line.substring(1).strip().split(" (?=[-~])");
    int digit = Character.digit(line.charAt(0), 10);
    return new Glyph(digit, Arrays.stream(strokes).map(Glyphs::stroke).toList());
  }

  private static Stroke stroke(String text) {
    double[] points =
        Arrays.stream(text.substring(2).split(" "))
            .mapToDouble(percent -> Integer.parseInt(percent) / 100.0)
            .toArray();
    return new Stroke(text.startsWith("~"), points);
  }

  /**
   * One way to write a digit.
   *
   * @param strokes in the order in which they are drawn
   */
  record Glyph(int digit, List<Stroke> strokes) {}

  /**
   * One movement of the pen.
   *
   * @param smooth whether it is a curve through the points, or straight between them
   * @param points x and y in turn, from 0 to 1
   */
  record Stroke(boolean smooth, double[] points) {}
}
