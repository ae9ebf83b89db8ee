package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Fingerprint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrokeDigitsTest {
  private static final Dataset DIGITS = StrokeDigits.make(500, 1);

  @Test
  void picturesAreBetweenPaperAndInk() {
    assertEquals(Shape.of(500, 1, 28, 28), DIGITS.x().shape());
    assertEquals(0, DIGITS.x().min().item());
    assertEquals(1, DIGITS.x().max().item());
    for (int digit = 0; digit < 10; digit++) {
      int wanted = digit;
      long count = Arrays.stream(DIGITS.y().toIntArray()).filter(y -> y == wanted).count();
      assertTrue(count > 25 && count < 75, digit + " comes " + count + " times");
    }
  }

  /** Taken on the machine that wrote this; it is the same on every other. */
  @Test
  void bitsAreTheSameEverywhere() {
    assertEquals(
        "ea798cecf7313be3b994503008dca24977885082f8d3da24ca25f377f2ed47a5",
        Fingerprint.of(List.of(Parameter.of("x", DIGITS.x()))));
  }

  @Test
  void examplesDependOnTheSeedAndTheirPlaceOnly() {
    Dataset few = StrokeDigits.make(20, 1);
    assertArrayEquals(few.x().toFloatArray(), DIGITS.slice(0, 20).x().toFloatArray());
    assertArrayEquals(few.y().toIntArray(), DIGITS.slice(0, 20).y().toIntArray());
    assertFalse(Arrays.equals(few.x().toFloatArray(), StrokeDigits.make(20, 2).x().toFloatArray()));
  }

  @Test
  void everyDigitHasAWayToBeWritten() {
    for (int digit = 0; digit < 10; digit++) {
      assertFalse(Glyphs.of(digit).isEmpty());
      for (Glyphs.Glyph glyph : Glyphs.of(digit)) {
        for (Glyphs.Stroke stroke : glyph.strokes()) {
          assertTrue(stroke.points().length >= 4 && stroke.points().length % 2 == 0);
          assertTrue(Arrays.stream(stroke.points()).allMatch(p -> p >= 0 && p <= 1));
        }
      }
    }
    assertTrue(Glyphs.of(0).getFirst().strokes().getFirst().smooth());
    assertArrayEquals(
        new double[] {0.5, 0, 0.5, 1}, Glyphs.of(1).getFirst().strokes().getFirst().points());
  }

  @Test
  void aLineIsAsThickAsThePen() {
    Canvas canvas = new Canvas(5);
    canvas.line(1, 2, 3, 2, 0.5);

    assertArrayEquals(
        new double[] {
          0, 0, 0, 0, 0,
          0, 0, 0, 0, 0,
          0, 1, 1, 1, 0,
          0, 0, 0, 0, 0,
          0, 0, 0, 0, 0
        },
        canvas.ink());
    canvas.line(2, -9, 2, 9, 1);
    assertArrayEquals(new double[] {0, 0.5, 1, 0.5, 0}, Arrays.copyOf(canvas.ink(), 5));
    canvas.line(4, 4, 4, 4, 0.25);
    assertEquals(0.75, canvas.ink()[24]);
  }

  /** Points of a straight line make a straight curve; the points themselves are reached. */
  @Test
  void aCurveGoesThroughItsPoints() {
    Canvas straight = new Canvas(9);
    Canvas curve = new Canvas(9);
    straight.lines(new double[] {1, 1, 4, 4, 7, 7}, 1);
    curve.curve(new double[] {1, 1, 4, 4, 7, 7}, 4, 1);
    assertArrayEquals(straight.ink(), curve.ink(), 1e-12);

    Canvas bent = new Canvas(9);
    bent.curve(new double[] {1, 1, 7, 1, 7, 7, 1, 7}, 4, 0.5);
    for (int pixel : new int[] {1 * 9 + 1, 1 * 9 + 7, 7 * 9 + 7, 7 * 9 + 1}) {
      assertEquals(1, bent.ink()[pixel]);
    }
  }

  @Test
  void refusesNoExamples() {
    assertThrows(IllegalArgumentException.class, () -> StrokeDigits.make(0, 1));
  }
}
