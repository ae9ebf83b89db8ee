package dev.lanegrad.examples.lectures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

class LecturesReportTest {
  private static final Curves CURVES =
      Curves.of("A \"curve\" & <another>", Series.ofSteps("y", 1, 2, 4));
  private static final Contours CONTOURS =
      Contours.of("A bowl", (x, y) -> x * x + y * y, new Region(-1, 1, -1, 1));
  private static final String DRAWING =
      """
      <?xml version="1.0"?>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" role="img" aria-label="own">
        <title>A graph</title><desc>of &lt;two&gt; nodes</desc>
        <defs><clipPath id="a"><rect width="9" height="9"/></clipPath></defs>
        <g clip-path="url(#a)"><text id="b">x &amp; y</text></g><use href="#b"/>
      </svg>
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  private static Lecture lecture(String id, Consumer<Notebook> program) {
    return new Lecture(id, "Title of " + id + " & <more>", "One line", program);
  }

  private static void everything(Notebook notebook) {
    notebook.text("First, 1 < 2 & \"so on\": ∂L/∂w.\u0000");
    notebook.number("loss", "0.298", 0.298371109);
    notebook.number("accuracy", "68 %", 63.5);
    notebook.slip("regions", "161,501", 161_051);
    notebook.claim("it falls", true);
    notebook.table("Counts <n>", List.of("n", "of"), List.of(List.of(1_000, "a"), List.of(2, "b")));
    notebook.picture("A curve", CURVES);
    notebook.picture("A bowl", CONTOURS);
    notebook.svg("A graph.", DRAWING);
    notebook.svg("The same \"graph\"", DRAWING);
  }

  private static final List<Part> PARTS =
      List.of(
          new Part(
              "L1",
              "Part 1",
              List.of(
                  lecture("L1.1", LecturesReportTest::everything),
                  lecture("L1.2", notebook -> notebook.number("alone", 3)))),
          new Part("L2", "Part 2", List.of(lecture("L2.1", n -> n.claim("it holds", true)))));

  /** The part that is quick to draw. */
  private static final List<Part> SHORT = PARTS.subList(1, 2);

  private static List<Part> with(Consumer<Notebook> program) {
    return List.of(
        new Part(
            "L1",
            "Part 1",
            List.of(lecture("L1.1", program), PARTS.getLast().lectures().getLast())));
  }

  private boolean write(List<Part> parts) {
    return new LecturesReport(folder, parts).write(new PrintWriter(out, true));
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("index.html"));
  }

  private Document document() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(folder.resolve("index.html").toFile());
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static List<Attr> attributes(Document document) {
    return elements(document, "*").stream()
        .map(Element::getAttributes)
        .flatMap(LecturesReportTest::attributes)
        .toList();
  }

  private static Stream<Attr> attributes(NamedNodeMap map) {
    return IntStream.range(0, map.getLength()).mapToObj(i -> (Attr) map.item(i));
  }

  @Test
  void itIsOnePageWithASectionForEachIdInOrder() throws Exception {
    assertTrue(write(PARTS));
    Document document = document();
    List<String> ids =
        elements(document, "section").stream().map(section -> section.getAttribute("id")).toList();
    assertEquals(List.of("L1.1", "L1.2", "L2.1"), ids);
    Element contents = elements(document, "nav").getFirst();
    NodeList links = contents.getElementsByTagName("a");
    List<String> targets =
        IntStream.range(0, links.getLength())
            .mapToObj(i -> ((Element) links.item(i)).getAttribute("href"))
            .toList();
    assertEquals(List.of("#L1", "#L1.1", "#L1.2", "#L2", "#L2.1"), targets);
    assertEquals("en", document.getDocumentElement().getAttribute("lang"));
  }

  @Test
  void nothingComesFromElsewhereAndNamesAreUnique() throws Exception {
    write(PARTS);
    Document document = document();
    List<String> ids =
        attributes(document).stream()
            .filter(attribute -> attribute.getName().equals("id"))
            .map(Attr::getValue)
            .toList();
    assertEquals(ids.size(), ids.stream().distinct().count(), ids::toString);
    for (Attr attribute : attributes(document)) {
      String value = attribute.getValue();
      String name = attribute.getLocalName();
      if (name.equals("href") || value.startsWith("url(")) {
        String target = value.replaceAll("^url\\(|\\)$", "");
        assertTrue(target.startsWith("#") && ids.contains(target.substring(1)), value);
      } else if (name.equals("src")) {
        assertTrue(value.startsWith("data:image/png;base64,"), name);
      } else {
        assertTrue(attribute.getName().startsWith("xmlns") || !value.contains("//"), value);
      }
    }
    for (String name : List.of("script", "link", "iframe", "object")) {
      assertEquals(List.of(), elements(document, name));
    }
    String style = elements(document, "style").getFirst().getTextContent();
    assertTrue(style.contains("@media print") && !style.contains("url("), style);
    assertFalse(style.contains("@import"), style);
  }

  @Test
  void everyPictureHasWordsInsteadAndACaption() throws Exception {
    write(PARTS);
    Document document = document();
    List<String> words =
        Stream.concat(
                elements(document, "svg").stream().map(svg -> svg.getAttribute("aria-label")),
                elements(document, "img").stream().map(img -> img.getAttribute("alt")))
            .toList();
    assertEquals(4, words.size());
    assertTrue(words.getFirst().startsWith("A curve. A \"curve\" & <another>. "), words::toString);
    assertTrue(words.contains("A graph. A graph. of <two> nodes"), words::toString);
    assertTrue(words.contains("The same \"graph\". A graph. of <two> nodes"), words::toString);
    List<String> captions =
        elements(document, "figcaption").stream().map(Element::getTextContent).toList();
    assertEquals(List.of("A curve", "A bowl", "A graph.", "The same \"graph\""), captions);
  }

  @Test
  void numbersStandBesideTheLectures() throws Exception {
    write(PARTS);
    List<String> rows =
        elements(document(), "tr").stream()
            .map(row -> row.getTextContent().strip().replaceAll("\\s+", " "))
            .toList();
    assertEquals("lectureheredigits printed", rows.get(0));
    assertEquals("loss0.2980.298371109✓ agrees", rows.get(1));
    assertEquals("accuracy68 %63.5≠ differs by -4.5", rows.get(2));
    assertEquals("regions161,501161,051! slip", rows.get(3));
    assertEquals("1,000a", rows.get(5));
    assertEquals("here", rows.get(7));
    assertEquals("alone3", rows.get(8));
    String end = "1 numbers agree with the lecture's to the digits printed, 1 differ, 1 of the";
    assertTrue(page().contains(end), this::output);
    assertTrue(output().contains(end), this::output);
  }

  private String output() {
    return out.toString();
  }

  @Test
  void aLectureThatThrowsLosesNeitherItsBeginningNorTheOthers() throws Exception {
    assertFalse(
        write(
            with(
                notebook -> {
                  notebook.text("Its beginning.");
                  throw new IllegalStateException("no <luck>");
                })));
    Document document = document();
    List<String> texts =
        elements(document, "section").stream().map(Element::getTextContent).toList();
    assertTrue(texts.getFirst().contains("Its beginning."), texts::toString);
    assertTrue(texts.getFirst().contains("✗ It stopped here."), texts::toString);
    assertTrue(texts.getFirst().contains("IllegalStateException: no <luck>"), texts::toString);
    assertTrue(texts.getLast().contains("✓ holds: it holds"), texts::toString);
    String line = "STOPPED: java.lang.IllegalStateException: no <luck>";
    assertTrue(elements(document, "nav").getFirst().getTextContent().contains(line));
    assertTrue(output().contains("L1.1: " + line), this::output);
  }

  @Test
  void errorsLoseTheOthersNeither() throws Exception {
    assertFalse(
        write(
            with(
                notebook -> {
                  throw new StackOverflowError();
                })));
    assertTrue(page().contains("it holds"));
  }

  @Test
  void aPictureThatCannotBeDrawnStopsItsLecture() throws Exception {
    assertFalse(write(with(notebook -> notebook.svg("none", "nothing"))));
    assertTrue(page().contains("svg: &quot;none&quot; is no SVG"));
  }

  @Test
  void aClaimThatDoesNotHoldIsShown() throws Exception {
    assertFalse(write(with(notebook -> notebook.claim("two is three", false))));
    assertTrue(page().contains("<strong>✗ does not hold:</strong> two is three"), this::output);
    assertTrue(output().contains("0 claims hold, 1 DOES NOT HOLD"), this::output);
  }

  @Test
  void progressNamesWhoRuns() {
    write(SHORT);
    List<String> lines = output().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches("\\[ 1/1] L2\\.1  Title of L2\\.1 & <more> +\\d+\\.\\d s  1 claim holds"),
        this::output);
    assertEquals(3, lines.size());
    assertTrue(
        lines.getLast().matches("wrote .*index\\.html, 0\\.\\d MB, after \\d+ s"), this::output);
  }

  @Test
  void theSameLecturesMakeTheSamePage() throws IOException {
    write(PARTS);
    byte[] first = Files.readAllBytes(folder.resolve("index.html"));
    write(PARTS);
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("index.html")));
  }

  @Test
  void whatIsInTheFolderStays() throws IOException {
    Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
    write(SHORT);
    assertEquals("mine", Files.readString(other));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aPageOfSomethingElseIsRefusedBeforeTheWorkAndStays() throws IOException {
    Path file = Files.writeString(folder.resolve("index.html"), "<html>mine</html>");
    Exception e = assertThrows(DataException.class, () -> new LecturesReport(folder, SHORT));
    assertEquals(
        file + " is there already and is no report of the lectures; name another folder",
        e.getMessage());
    assertEquals("<html>mine</html>", Files.readString(file));
  }

  @Test
  void foldersAreMadeAndFilesInTheirPlaceAreRefused() throws IOException {
    Path inside = folder.resolve("a/b");
    assertTrue(new LecturesReport(inside, SHORT).write(new PrintWriter(out, true)));
    assertTrue(Files.exists(inside.resolve("index.html")));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(DataException.class, () -> new LecturesReport(file, SHORT));
  }

  @Test
  void graphsStandInThePage() throws Exception {
    assertTrue(write(Selection.of(Lectures.parts(), List.of("L3.1"))));
    List<Element> graphs = elements(document(), "svg");
    assertEquals(2, graphs.size());
    assertEquals("img", graphs.getFirst().getAttribute("role"));
  }

  @Test
  void aSectionNamesTheProgramsThatWroteIt() throws Exception {
    List<Part> parts = Selection.of(Lectures.parts(), List.of("L1.7"));
    assertTrue(write(parts));
    String source =
        "examples/src/main/java/dev/lanegrad/examples/lectures/neurons/StackedLinearLayers.java";
    List<String> codes =
        elements(document(), "code").stream().map(Element::getTextContent).toList();
    assertEquals(List.of("./run lectures L1.7", source), codes);
    assertTrue(Files.exists(Path.of("..", source)), source);
    assertTrue(output().contains("4 claims hold"), this::output);
  }
}
