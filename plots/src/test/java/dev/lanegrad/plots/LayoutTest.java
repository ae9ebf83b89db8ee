package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things lie in a picture, and numbers by which XChart alone would search for ever. */
@Timeout(120)
class LayoutTest {
  private static final Region SQUARE = new Region(-1, 1, -1, 1);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, 300, 2.5, 250",
    "0, 1, 0.25, 0.25",
    "-2, 2, -1.5, -1.5",
    "0, 5e-12, 2.5, 2.5e-12",
    "0, 4e20, 4, 4e20",
    "0, 4e8, 4, 400000000",
    "0, 0, 0, 0",
    "5, 5, 5, 5",
    "1000000000000000, 1000000000000002, 2, 1.000000000000002e15",
    "0.30001, 0.30002, 1.5, 0.300025",
  })
  void placesHaveTheNumbersThatTheyStandFor(double low, double high, double place, String label) {
    Scale scale = Scale.of(low, high);
    assertEquals(label, scale.label(place));
    assertEquals(place, scale.place(Double.parseDouble(label)), 1e-4);
  }

  static double[][] hardNumbers() {
    return new double[][] {
      {Double.MAX_VALUE, 0, 1e100},
      {1e15, 1e15 + 1, 1e15 + 2},
      {1e-13, 2e-13, 3e-13},
      {Double.MIN_VALUE, 1, 1e-320},
      {-1e-310, 1e-310, Double.MIN_NORMAL},
      {1, Math.nextUp(1.0), 1},
      {1e99, 1e99},
      {1e-99, 1e99},
      {-0.0, 0.0},
      {Float.MAX_VALUE, Float.MIN_VALUE, Double.NEGATIVE_INFINITY},
    };
  }

  @ParameterizedTest
  @MethodSource("hardNumbers")
  void hardNumbersAreDrawn(double[] y) throws Exception {
    Path file = folder.resolve("hard.svg");
    Series series = Series.ofSteps("y", y);
    Series turned = new Series("x", y, series.x());
    Curves.of("", series).save(file);
    Curves.of("", turned).save(file);
    Map<String, Map<String, Double>> heights = new LinkedHashMap<>();
    heights.put("bars", new LinkedHashMap<>());
    for (double height : y) {
      heights.get("bars").put("bar " + height, height);
    }
    new Bars("", "", heights).save(file);
    if (Arrays.stream(y).anyMatch(Axis.logarithmic("")::has)) {
      Axis axis = Axis.logarithmic("");
      Curves.of("", series).axes(Axis.linear(""), axis).save(file);
      Curves.of("", turned).axes(axis, Axis.linear("")).save(file);
    }
    assertTrue(Files.size(file) > 1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 900})
  void longTextLeavesRoomForThePlot(int width) throws Exception {
    Path file = folder.resolve("long.png");
    Axis axis = Axis.linear("axis".repeat(100));
    Curves.of("title".repeat(100), Series.ofSteps("name".repeat(100), 1, 2))
        .axes(axis, axis)
        .save(file, width, 100);
    assertTrue(Files.size(file) > 500);
  }

  @Test
  void aLineIsCutWhereItLeavesTheRegion() {
    double[] x = {0, 4, 4, -4, 0.5, 0.5};
    double[] y = {0, 2, 9, 0, 0, Double.NaN};
    Points cut = Points.on(Axis.linear(""), Axis.linear(""), new Series("a", x, y)).inside(SQUARE);
    double gap = Double.NaN;
    assertArrayEquals(new double[] {0, 1, 1, -1, 0.5, 0.5}, cut.x(), 1e-12);
    assertArrayEquals(new double[] {0, 0.5, gap, 0, 0, gap}, cut.y(), 1e-12);
  }

  @Test
  void aLineMayCrossTheRegionBetweenTwoPointsOutside() {
    Series across = new Series("a", new double[] {-3, 3, 3}, new double[] {-3, 3, 4});
    Points cut = Points.on(Axis.linear(""), Axis.linear(""), across).inside(SQUARE);
    assertArrayEquals(new double[] {-1, 1, 1}, cut.x(), 1e-12);
    assertArrayEquals(new double[] {-1, 1, Double.NaN}, cut.y(), 1e-12);
    assertEquals(2, cut.count());
    assertArrayEquals(new double[] {1}, cut.last().x());
  }

  @Test
  void contourLinesLieWhereTheFunctionHasTheirLevel() {
    ContourLines circles = new ContourLines((x, y) -> x * x + y * y, SQUARE);
    double[] levels = circles.levels();
    assertEquals(12, levels.length);
    for (double level : levels) {
      Points line = circles.at(level);
      assertTrue(line.count() > 20, () -> line.count() + " ends");
      for (int i = 0; i < line.x().length; i++) {
        if (Double.isFinite(line.y()[i])) {
          assertEquals(level, line.x()[i] * line.x()[i] + line.y()[i] * line.y()[i], 2e-4);
        }
      }
    }
  }

  /** The two branches of a hyperbola do not meet, on whichever side of the saddle. */
  @Test
  void linesDoNotCrossAtASaddle() {
    for (double level : new double[] {0.0001, -0.0001}) {
      Points line = new ContourLines((x, y) -> x * y, SQUARE).at(level);
      for (int i = 0; i + 1 < line.x().length; i++) {
        if (Double.isFinite(line.y()[i]) && Double.isFinite(line.y()[i + 1])) {
          double middle = (line.x()[i] + line.x()[i + 1]) * (line.y()[i] + line.y()[i + 1]) / 4;
          assertTrue(middle * level > 0, "a piece of level " + level + " through " + middle);
        }
      }
    }
  }

  @Test
  void aFunctionOfTwoValuesHasTheLineBetweenThem() {
    ContourLines step = new ContourLines((x, _) -> x > 0.3 ? 1 : 0, SQUARE);
    assertArrayEquals(new double[] {0.5}, step.levels());
    Points line = step.at(0.5);
    assertTrue(Arrays.stream(line.x()).allMatch(x -> Math.abs(x - 0.3) < 0.02));
    assertEquals(0, new ContourLines((_, _) -> 7, SQUARE).levels().length);
    assertEquals(0, new ContourLines((_, _) -> Double.NaN, SQUARE).levels().length);
  }
}
