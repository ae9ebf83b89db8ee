package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The files that are written show what they were given. */
class PictureTest {
  private static final Region SQUARE = new Region(-1, 1, -1, 1);

  @TempDir private Path folder;

  private static Curves losses() {
    double[] training = IntStream.range(0, 300).mapToDouble(i -> Math.exp(-i / 60.0)).toArray();
    double[] validation = Arrays.stream(training).map(loss -> 0.1 + loss).toArray();
    return Curves.of(
            "Loss & <more>",
            Series.ofSteps("training", training),
            Series.ofSteps("validation", validation))
        .axes(Axis.linear("step"), Axis.logarithmic("cross entropy"));
  }

  private static Bars bars() {
    Map<String, Map<String, Double>> heights = new LinkedHashMap<>();
    heights.put("float32", Map.of("add", 2.0));
    heights.put("float64", Map.of("add", 1.5, "mul", 1.0));
    return new Bars("Speed", "times as fast", heights);
  }

  @Test
  void aPngHasPixelsOfEachCurvesColour() throws IOException {
    BufferedImage image = saveAsPng(losses(), 900, 500);
    Map<Integer, Integer> colours = colours(image);
    assertTrue(colours.getOrDefault(rgb(Palette.color(0)), 0) > 200, "training");
    assertTrue(colours.getOrDefault(rgb(Palette.color(1)), 0) > 200, "validation");
    assertFalse(colours.containsKey(rgb(Palette.color(2))), "there is no third");
  }

  @Test
  void aFallingCurveFalls() throws IOException {
    BufferedImage image = saveAsPng(losses(), 900, 500);
    int left = highest(image, rgb(Palette.color(0)), 100, 200);
    int right = highest(image, rgb(Palette.color(0)), 500, 600);
    assertTrue(left < right, left + " pixels from the top, then " + right);
  }

  /** On logarithmic axes an exponential is a line: its middle is halfway between its ends. */
  @Test
  void aLogarithmicAxisMakesAnExponentialALine() throws IOException {
    double[] falling = IntStream.range(0, 301).mapToDouble(i -> Math.exp(-i / 30.0)).toArray();
    Curves linear = Curves.of("", Series.ofSteps("a", falling));
    Curves logarithmic = linear.axes(Axis.linear(""), Axis.logarithmic(""));
    assertTrue(Math.abs(bend(saveAsPng(logarithmic, 900, 500))) < 4);
    assertTrue(bend(saveAsPng(linear, 900, 500)) > 50);
  }

  /** How many pixels the first curve's middle lies below the line between its ends. */
  private static double bend(BufferedImage image) {
    int colour = rgb(Palette.color(0));
    int[] columns =
        IntStream.range(0, 780) // right of it is the legend
            .filter(x -> highest(image, colour, x, x + 1) < image.getHeight())
            .toArray();
    int first = columns[0];
    int middle = columns[columns.length / 2];
    int last = columns[columns.length - 1];
    double top = highest(image, colour, first, first + 1);
    double bottom = highest(image, colour, last, last + 1);
    double straight = top + (bottom - top) * (middle - first) / (last - first);
    return highest(image, colour, middle, middle + 1) - straight;
  }

  @Test
  void anSvgParsesAndHasTheLabels() throws IOException {
    Document svg = saveAsSvg(losses());
    Element root = svg.getDocumentElement();
    assertEquals("svg", root.getTagName());
    assertEquals("900px", root.getAttribute("width"));
    assertEquals("Loss & <more>", text(svg, "title"));
    assertEquals("cross entropy over step: training, validation", text(svg, "desc"));
    String lines = styles(svg);
    assertTrue(lines.contains("stroke:rgb(0,114,178)"), lines);
    assertTrue(lines.contains("stroke:rgb(213,94,0)"), lines);
  }

  @Test
  void anSvgOfManyPointsStaysSmall() throws IOException {
    double[] noise = IntStream.range(0, 200_000).mapToDouble(i -> i * 7919 % 1013).toArray();
    Path file = folder.resolve("many.svg");
    Curves.of("many", Series.ofSteps("noise", noise)).save(file);
    assertTrue(Files.size(file) < 300_000, () -> file.toFile().length() + " bytes");
  }

  @Test
  void contoursHaveLinesAndPathsInsideOfTheRegion() throws IOException {
    double[] x = {-0.9, -0.5, 0, 5};
    double[] y = {0.9, 0.5, 0, 5};
    Contours contours =
        Contours.of("Bowl", (a, b) -> a * a + b * b, SQUARE)
            .paths(List.of(new Series("descent", x, y)));
    Map<Integer, Integer> colours = colours(saveAsPng(contours, 900, 500));
    assertTrue(colours.getOrDefault(rgb(Palette.color(0)), 0) > 300, "path");
    long grays =
        colours.keySet().stream().map(Color::new).filter(c -> c.getRed() == c.getBlue()).count();
    assertTrue(grays > 10, grays + " grays of lines");
    assertEquals("contour lines: descent", text(saveAsSvg(contours), "desc"));
  }

  @Test
  void contoursOfAConstantAreJustTheirPaths() throws IOException {
    Contours flat =
        Contours.of("flat", (_, _) -> 1, SQUARE).paths(List.of(Series.ofSteps("a", 0, 0.5)));
    assertEquals("flat", text(saveAsSvg(flat), "title"));
    PlotException refused =
        assertThrows(
            PlotException.class, () -> flat.paths(List.of()).save(folder.resolve("flat.png")));
    assertEquals(
        "picture \"flat\": the function is constant or nowhere finite, and no path has a point"
            + " in the region",
        refused.getMessage());
  }

  @Test
  void barsHaveTheirHeights() throws IOException {
    BufferedImage image = saveAsPng(bars(), 900, 500);
    Map<Integer, Integer> colours = colours(image);
    int first = rgb(Palette.color(0));
    int second = rgb(Palette.color(1));
    assertTrue(colours.get(first) > 1_000 && colours.get(second) > 1_000);
    assertTrue(highest(image, first, 0, 780) < highest(image, second, 0, 780));
    assertEquals("times as fast of add, mul: float32, float64", text(saveAsSvg(bars()), "desc"));
  }

  @Test
  void aColumnHasOnePictureBelowTheOther() throws IOException {
    BufferedImage image = saveAsPng(Column.of(losses(), bars()), 400, 300);
    assertEquals(400, image.getWidth());
    assertEquals(600, image.getHeight());
    int second = rgb(Palette.color(1));
    assertTrue(highest(image, second, 0, 400) < 300, "a curve in the upper half");
    BufferedImage lower = image.getSubimage(0, 300, 400, 300);
    assertTrue(colours(lower).containsKey(second), "a bar in the lower half");
    assertEquals("Loss & <more>; Speed", text(saveAsSvg(Column.of(losses(), bars())), "title"));
  }

  @Test
  void pointsThatAreNoNumbersAreLeftOut() throws IOException {
    double[] y = {Double.NaN, 1, 2, Double.POSITIVE_INFINITY, 0, -1, 3, 2, Double.NaN};
    for (Axis axis : List.of(Axis.linear("y"), Axis.logarithmic("y"))) {
      Curves curves = Curves.of("gaps", Series.ofSteps("a", y)).axes(Axis.linear("x"), axis);
      assertTrue(colours(saveAsPng(curves, 900, 500)).get(rgb(Palette.color(0))) > 100);
      assertEquals("gaps", text(saveAsSvg(curves), "title"));
    }
    Points points = Points.on(Axis.linear(""), Axis.logarithmic(""), Series.ofSteps("a", y));
    assertEquals(4, points.count());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, points.x());
  }

  @Test
  void aSinglePointIsADot() throws IOException {
    Curves one = Curves.of("one", Series.ofSteps("a", 3));
    assertTrue(colours(saveAsPng(one, 900, 500)).get(rgb(Palette.color(0))) > 40);
  }

  @Test
  void thinningKeepsExtremesAndGaps() {
    double[] y = new double[100_000];
    y[12_345] = 7;
    y[54_321] = -7;
    y[77_777] = Double.NaN;
    Points thinned = Points.on(Axis.linear(""), Axis.linear(""), Series.ofSteps("a", y)).thinned();
    assertTrue(thinned.x().length <= 3_000, () -> thinned.x().length + " points");
    assertEquals(7, Arrays.stream(thinned.y()).filter(Double::isFinite).max().orElseThrow());
    assertEquals(-7, Arrays.stream(thinned.y()).filter(Double::isFinite).min().orElseThrow());
    assertTrue(Arrays.stream(thinned.y()).anyMatch(Double::isNaN));
  }

  @Test
  void whatHasNoPointIsRefused() {
    Axis axis = Axis.linear("");
    for (Curves curves :
        List.of(
            Curves.of("none"),
            Curves.of("none", Series.ofSteps("a")),
            Curves.of("none", Series.ofSteps("a", Double.NaN)))) {
      assertRefused(
          curves,
          "picture \"none\": no series has a point to show; points are finite, and below 1e100");
    }
    assertRefused(
        Curves.of("none", Series.ofSteps("a", -1, 0)).axes(axis, Axis.logarithmic("")),
        "picture \"none\": no series has a point to show;"
            + " points are below 1e100, and above 0 on a logarithmic axis");
    assertRefused(new Bars("none", "", Map.of()), "picture \"none\": there are no bars");
  }

  private void assertRefused(Picture picture, String message) {
    Path file = folder.resolve("refused.png");
    PlotException refused = assertThrows(PlotException.class, () -> picture.save(file));
    assertEquals(message, refused.getMessage());
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a", "png", ".svgz", "a.png.txt"})
  void otherFormatsAreRefused(String name) {
    Path file = folder.resolve(name);
    PlotException refused = assertThrows(PlotException.class, () -> losses().save(file));
    assertEquals(
        file + ": a picture's file has a name that ends in .png or .svg", refused.getMessage());
  }

  @Test
  void theEndingMayBeInCapitals() throws IOException {
    Path file = folder.resolve("a.PNG");
    losses().save(file);
    assertEquals(900, ImageIO.read(file.toFile()).getWidth());
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    Path missing = folder.resolve("missing");
    Path file = missing.resolve("a.png");
    PlotException refused = assertThrows(PlotException.class, () -> losses().save(file));
    assertEquals(file + ": cannot be written: there is no folder " + missing, refused.getMessage());
  }

  @Test
  void aFileAppearsWholeAndAloneOrNotAtAll() throws IOException {
    Path file = folder.resolve("a.svg");
    Files.writeString(file, "old");
    assertThrows(PlotException.class, () -> Curves.of("none").save(file));
    assertEquals("old", Files.readString(file));
    losses().save(file);
    assertTrue(Files.readString(file).endsWith("</svg>\n"));
    Path taken = Files.createDirectories(folder.resolve("taken.png/inside")).getParent();
    assertThrows(PlotException.class, () -> losses().save(taken));
    try (var entries = Files.list(folder)) {
      assertEquals(List.of(file, taken), entries.sorted().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 10_001})
  void sizesThatNobodyCouldLookAtAreRefused(int size) {
    Path file = folder.resolve("a.png");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> losses().save(file, 500, size));
    assertEquals(
        "picture: 500 x " + size + " pixels, not from 100 to 10000 each", refused.getMessage());
  }

  @Test
  void whatIsNoSeriesIsRefused() {
    double[] two = {1, 2};
    assertEquals(
        "series \"a\": has 2 x for 1 y",
        assertThrows(IllegalArgumentException.class, () -> new Series("a", two, new double[1]))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Series.ofSteps(" ", 1));
    Series a = Series.ofSteps("a", two);
    assertEquals(
        "picture \"twice\": two series have the name \"a\"",
        assertThrows(IllegalArgumentException.class, () -> Curves.of("twice", a, a)).getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Contours.of("twice", Math::hypot, SQUARE).paths(List.of(a, a)));
    assertThrows(IllegalArgumentException.class, () -> new Region(1, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Region(0, 1, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, Column::of);
    two[0] = 9;
    assertArrayEquals(new double[] {1, 2}, a.y());
  }

  @Test
  void numbersAreTheSameInEveryLocale() throws IOException {
    Path file = folder.resolve("a.svg");
    losses().save(file);
    String usual = Files.readString(file);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      losses().save(file);
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(usual, Files.readString(file));
  }

  private BufferedImage saveAsPng(Picture picture, int width, int height) throws IOException {
    Path file = folder.resolve("picture.png");
    picture.save(file, width, height);
    return ImageIO.read(file.toFile());
  }

  /** XChart draws a curve line by line. */
  @Test
  void aCurveInSvgIsOnePathWithAllItsPoints() throws IOException {
    double[] y = new double[60];
    Arrays.setAll(y, i -> Math.sin(0.2 * i));
    Document svg = saveAsSvg(Curves.of("sine", Series.ofSteps("a", y)));
    String blue = "stroke:rgb(0,114,178)";
    NodeList paths = svg.getElementsByTagName("path");
    int most =
        IntStream.range(0, paths.getLength())
            .mapToObj(i -> (Element) paths.item(i))
            .filter(path -> path.getAttribute("style").contains(blue))
            .mapToInt(path -> path.getAttribute("d").split("L", -1).length)
            .max()
            .orElse(0);
    assertEquals(y.length, most, "points of the path");
  }

  private Document saveAsSvg(Picture picture) throws IOException {
    Path file = folder.resolve("picture.svg");
    picture.save(file);
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      // Its document type is a file of the W3C.
      parser.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
      return parser.parse(file.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Document svg, String tag) {
    return svg.getElementsByTagName(tag).item(0).getTextContent();
  }

  private static String styles(Document svg) {
    NodeList paths = svg.getElementsByTagName("path");
    StringBuilder styles = new StringBuilder();
    for (int i = 0; i < paths.getLength(); i++) {
      styles.append(((Element) paths.item(i)).getAttribute("style")).append('\n');
    }
    return styles.toString();
  }

  private static int rgb(Color color) {
    return color.getRGB();
  }

  private static Map<Integer, Integer> colours(BufferedImage image) {
    Map<Integer, Integer> colours = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.merge(image.getRGB(x, y), 1, Integer::sum);
      }
    }
    return colours;
  }

  /** The uppermost row with a pixel of a colour in some columns; the height if there is none. */
  private static int highest(BufferedImage image, int colour, int left, int right) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = left; x < right; x++) {
        if (image.getRGB(x, y) == colour) {
          return y;
        }
      }
    }
    return image.getHeight();
  }
}
