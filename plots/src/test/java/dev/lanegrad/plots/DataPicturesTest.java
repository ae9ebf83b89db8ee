package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scatter plots, decision regions, heat maps, images, and marks on curves. */
class DataPicturesTest {
  private static final Region SQUARE = new Region(-1, 1, -1, 1);
  private static final Series INNER = new Series("inner", new double[] {0, 0.1}, new double[2]);
  private static final Series OUTER =
      new Series("outer", new double[] {0.9, -0.9, 3}, new double[] {0.9, 0.9, 0});

  private static int rgb(Color color) {
    return color.getRGB();
  }

  private static int pixels(Picture picture, Color color) {
    return Drawn.colours(Drawn.png(picture)).getOrDefault(rgb(color), 0);
  }

  private static String description(Picture picture) {
    return Drawn.svg(picture).getElementsByTagName("desc").item(0).getTextContent();
  }

  private static String refused(Picture picture) {
    return assertThrows(PlotException.class, () -> picture.toSvg(900, 500)).getMessage();
  }

  private static String illegal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void scatteredPointsHaveAColourForEachGroupAndNoLine() {
    Scatter scatter = Scatter.of("Rings", INNER, OUTER).axes(Axis.linear("x"), Axis.linear("y"));
    assertEquals("y over x: inner, outer", description(scatter));
    int dots = pixels(scatter, Palette.color(1));
    assertTrue(dots > 3 * 30 && dots < 600, () -> dots + " pixels");
    assertTrue(pixels(scatter, Palette.color(0)) > 60);
  }

  @Test
  void aRegionShowsWhatLiesInIt() {
    Scatter all = Scatter.of("Rings", INNER, OUTER);
    int three = pixels(all, Palette.color(1));
    int two = pixels(all.region(SQUARE), Palette.color(1));
    assertTrue(two > 0 && two < three, () -> two + " of " + three);
    Points inside = Plane.dots(Axis.linear(""), Axis.linear(""), SQUARE, OUTER);
    assertArrayEquals(new double[] {0.9, -0.9}, inside.x());
    assertEquals(
        "picture \"Rings\": no group has a point to show; points are finite, and below 1e100,"
            + " inside of the region",
        refused(all.region(new Region(10, 11, 10, 11))));
    assertEquals(
        "picture \"Rings\": the region from -1.0 to 1.0 has no place on a logarithmic axis",
        refused(
            all.axes(Axis.logarithmic("x"), Axis.linear("y")).region(new Region(-1, 1, -5, 5))));
    Curves curve = Curves.of("Line", new Series("line", new double[] {-5, 5}, new double[2]));
    assertTrue(pixels(curve.region(SQUARE), Palette.color(0)) > 500);
    assertEquals(
        "picture \"Line\": no series has a point to show; points are finite, and below 1e100,"
            + " inside of the region",
        refused(curve.region(new Region(-1, 1, 1, 2))));
  }

  @Test
  void marksAreDotsOfTheirOwnColour() {
    Curves curves = Curves.of("Joints", Series.ofSteps("y", 0, 0, 1, 3));
    Curves marked = curves.marks(new Series("joints", new double[] {2}, new double[] {0}));
    assertEquals(0, pixels(curves, Palette.color(1)));
    assertTrue(pixels(marked, Palette.color(1)) > 30);
    assertEquals(" over : y, joints", description(marked));
    assertEquals(
        "picture \"Joints\": two series have the name \"y\"",
        illegal(() -> curves.marks(Series.ofSteps("y", 1))));
  }

  @Test
  void ofVeryManyPointsEverySoManyAreShown() {
    double[] many = IntStream.range(0, 100_000).mapToDouble(i -> i * 7919 % 1013).toArray();
    Points points =
        Plane.dots(Axis.linear(""), Axis.linear(""), null, Series.ofSteps("many", many));
    assertEquals(5_000, points.x().length);
    assertArrayEquals(
        new double[] {1, 21, 41}, new double[] {points.x()[0], points.x()[1], points.x()[2]});
  }

  @Test
  void regionsAreLighterThanThePointsInThem() {
    Regions halves =
        Regions.of("Halves", (x, _) -> x < 0 ? 0 : 1, SQUARE)
            .classes("left", "right")
            .points(new Series("right", new double[] {0.5}, new double[] {0.5}));
    BufferedImage image = Drawn.png(halves);
    Map<Integer, Integer> colours = Drawn.colours(image);
    int left = colours.getOrDefault(rgb(Palette.light(0)), 0);
    int right = colours.getOrDefault(rgb(Palette.light(1)), 0);
    assertTrue(left > 100_000 && Math.abs(left - right) < 0.01 * left, left + " and " + right);
    assertTrue(colours.getOrDefault(rgb(Palette.color(1)), 0) > 60, "a point of the second");
    assertFalse(colours.containsKey(rgb(Palette.color(0))), "no point of the first");
    int middle =
        IntStream.range(0, 900)
            .filter(x -> image.getRGB(x, 400) == rgb(Palette.light(1)))
            .min()
            .orElseThrow();
    assertEquals(rgb(Palette.light(0)), image.getRGB(middle - 3, 100));
    assertEquals("decision regions of left, right: right", description(halves));
  }

  @Test
  void theBoundaryOfARegionIsSharp() {
    int[] calls = new int[1];
    Regions disc =
        Regions.of(
            "Disc",
            (x, y) -> {
              calls[0]++;
              return Math.hypot(x, y) < 0.5 ? 1 : 0;
            },
            SQUARE);
    ClassGrid grid = ClassGrid.of(disc);
    assertTrue(calls[0] < 30_000, () -> calls[0] + " calls");
    double[] area = new double[1];
    grid.forEachRectangle(1, (_, _, w, h) -> area[0] += 4 * w * h);
    assertEquals(Math.PI / 4, area[0], 1e-3);
    grid.forEachRectangle(0, (_, _, w, h) -> area[0] += 4 * w * h);
    assertEquals(4, area[0], 1e-9);
  }

  @Test
  void classesThatCannotBeShownAreRefused() {
    assertEquals(
        "picture \"a\": the class at (-1.0, 1.0) is -1; so many have a colour: 18",
        refused(Regions.of("a", (_, _) -> -1, SQUARE)));
    assertEquals(
        "picture \"a\": the class at (-1.0, 1.0) is 18; so many have a colour: 18",
        refused(Regions.of("a", (_, _) -> 18, SQUARE)));
    assertEquals(
        "picture \"a\": the class at (-1.0, 1.0) is 2; so many have a name and a colour: 2",
        refused(Regions.of("a", (_, _) -> 2, SQUARE).classes("one", "two")));
    assertEquals(
        "picture \"a\": a class has a blank name",
        illegal(() -> Regions.of("a", (_, _) -> 0, SQUARE).classes("one", " ")));
    assertEquals(
        "picture \"a\": the axis \"x\" is logarithmic, not linear",
        illegal(
            () ->
                Regions.of("a", (_, _) -> 0, SQUARE)
                    .axes(Axis.logarithmic("x"), Axis.linear("y"))));
  }

  @Test
  void allColoursCanBeToldApart() {
    Set<Integer> colours = new TreeSet<>();
    for (int i = 0; i < Palette.COUNT; i++) {
      colours.add(rgb(Palette.color(i)));
      colours.add(rgb(Palette.light(i)));
    }
    assertEquals(2 * Palette.COUNT, colours.size());
  }

  @Test
  void aHeatmapHasACellForEachNumber() {
    Heatmap map =
        Heatmap.of("Confusion", new double[][] {{90, 10}, {0, 100}})
            .rows("true", List.of("cat", "dog"))
            .columns("predicted", List.of("cat", "dog"));
    assertEquals("true: cat, dog by predicted: cat, dog", description(map));
    Map<Integer, Integer> colours = Drawn.colours(Drawn.png(map));
    ColorScale scale = ColorScale.of(0, 100);
    for (double value : new double[] {90, 10, 0, 100}) {
      assertTrue(colours.getOrDefault(rgb(scale.of(value)), 0) > 10_000, () -> "cell " + value);
    }
  }

  @Test
  void numbersInCellsCanBeReadOnAnyColour() {
    for (ColorScale scale :
        List.of(ColorScale.of(0, 1), ColorScale.of(-1, 1), ColorScale.gray(0, 1))) {
      for (double value = -1; value <= 1; value += 0.05) {
        Color cell = scale.of(value);
        double contrast = contrast(luminance(cell), luminance(ColorScale.ink(cell)));
        assertTrue(contrast > 4, cell + " has a contrast of " + contrast);
      }
    }
  }

  /** Source: Web Content Accessibility Guidelines 2.1, "contrast ratio". */
  private static double contrast(double a, double b) {
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int level) {
    double part = level / 255.0;
    return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  @Test
  void numbersAreShort() {
    double[] values = {0, 12, 1234, -3, 0.5, 0.12345, 12.345, 123.45, 1e-5, 2.5e7, Double.NaN};
    assertEquals(
        List.of("0", "12", "1234", "-3", "0.5", "0.123", "12.3", "123", "1.0e-5", "2.5e7", "NaN"),
        java.util.Arrays.stream(values).mapToObj(ColorScale::text).toList());
    assertEquals("0.298371", GraphNode.text(0.298371109));
    assertEquals("1.5e-07", GraphNode.text(1.5e-7));
  }

  @Test
  void cellsWithoutANumberAreShownAsSuch() {
    Heatmap map =
        Heatmap.of("Loss", new double[][] {{1, Double.NaN}, {Double.POSITIVE_INFINITY, 2}});
    assertTrue(pixels(map, ColorScale.NONE) > 50_000);
    assertEquals(
        "picture \"Loss\": no cell has a number that is finite",
        refused(Heatmap.of("Loss", new double[][] {{Double.NaN}})));
  }

  @Test
  void whatIsNoHeatmapIsRefused() {
    double[][] values = {{1, 2}, {3, 4}};
    Heatmap map = Heatmap.of("map", values);
    values[0][0] = 9;
    map.values()[0][0] = 9;
    assertEquals(1, map.values()[0][0]);
    assertEquals(
        "picture \"map\": has 3 labels for 2 rows",
        illegal(() -> map.rows("", List.of("a", "b", "c"))));
    assertEquals(
        "picture \"map\": has 1 labels for 2 columns",
        illegal(() -> map.columns("", List.of("a"))));
    assertEquals(
        "heatmap: row 1 of values has 1 numbers, row 0 has 2",
        illegal(() -> Heatmap.of("map", new double[][] {{1, 2}, {3}})));
    assertEquals(
        "heatmap: values has no numbers", illegal(() -> Heatmap.of("map", new double[0][])));
    assertEquals(
        "heatmap: values has no numbers", illegal(() -> Heatmap.of("map", new double[3][0])));
    assertEquals("map (2 x 2 cells)", map.toString());
  }

  @Test
  void imagesAreCrisp() {
    double[][] checks = {{0, 1}, {1, 0}};
    Images images = Images.of("Checks", List.of(new Images.Tile("a tile", checks)));
    BufferedImage image = Drawn.png(images);
    Map<Integer, Integer> middle = Drawn.colours(image.getSubimage(200, 100, 400, 300));
    assertEquals(
        Set.of(rgb(Color.BLACK), rgb(Color.WHITE)), middle.keySet(), "nothing between the two");
    assertEquals("images: a tile", description(images));
    String svg = images.toSvg(900, 500);
    assertTrue(svg.contains("<image style=\"image-rendering:pixelated\""));
  }

  @Test
  void aRangeFixesWhatIsBlackAndWhite() {
    Images.Tile half = new Images.Tile("", new double[][] {{0.5}});
    int gray = rgb(ColorScale.gray(0, 1).of(0.5));
    assertTrue(pixels(Images.of("a", List.of(half)).range(0, 1), new Color(gray)) > 10_000);
    assertTrue(
        pixels(Images.of("a", List.of(half)).symmetric(), ColorScale.symmetric(0.5).of(0.5))
            > 10_000);
    assertEquals(
        "images: no range from 1.0 to 1.0",
        illegal(() -> Images.of("a", List.of(half)).range(1, 1)));
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertEquals("picture \"a\": has no images", illegal(() -> Images.of("a", List.of())));
    assertEquals(
        "tile: row 1 of pixels has 1 numbers, row 0 has 2",
        illegal(() -> new Images.Tile("", new double[][] {{1, 2}, {3}})));
    Images.Tile tile = new Images.Tile("", new double[][] {{Double.NaN}});
    assertEquals(
        "picture \"a\": no image has a number that is finite",
        refused(Images.of("a", List.of(tile))));
    assertEquals(
        "picture \"a\": cannot have -1 columns",
        illegal(() -> Images.of("a", List.of(tile)).columns(-1)));
    Images.Tile good = new Images.Tile("", new double[28][28]);
    assertEquals(
        "picture \"a\": 20000 images do not fit into 900 x 500 pixels; show fewer at once",
        refused(Images.of("a", java.util.Collections.nCopies(20_000, good))));
    assertEquals("b (3 x 2 pixels)", new Images.Tile("b", new double[2][3]).toString());
  }

  @Test
  void captionsAreNotClipped() {
    Font font = Lettering.LABEL;
    List<String> lines = Lettering.wrapped("a caption of many words that goes on", font, 100, 2);
    assertEquals(2, lines.size());
    assertTrue(Lettering.widest(lines, font) <= 100, lines::toString);
    assertTrue(lines.getFirst().startsWith("a caption") && lines.getLast().endsWith("…"));
    assertEquals(List.of("short"), Lettering.wrapped("short", font, 100, 2));
    assertTrue(Lettering.width(Lettering.fitting("w".repeat(99), font, 50), font) <= 50);
  }
}
