package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Drawings of graphs show what there is, where it can be read. */
class GraphsTest {
  private static Tensor number(double value) {
    return Tensor.scalar(DType.FLOAT64, value);
  }

  private static GraphView square() {
    Tensor x = number(2).requiresGrad();
    return GraphView.record(
        Map.of("x", x),
        () -> {
          Tensor f = GraphView.name(x.add(1), "f");
          Tensor g = GraphView.name(f.mul(2), "g");
          return GraphView.name(g.square(), "h");
        });
  }

  /** The 2-2-2 network of L3.3. */
  private static GraphView network() {
    Map<String, Tensor> w = new HashMap<>();
    double[] numbers = {0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55, 0.35, 0.60};
    for (int i = 0; i < numbers.length; i++) {
      String name = i < 8 ? "w" + (i + 1) : "b" + (i - 7);
      w.put(name, Parameter.of(name, number(numbers[i])).tensor());
    }
    Tensor i1 = number(0.05);
    Tensor i2 = number(0.10);
    return GraphView.record(
        Map.of("i1", i1, "i2", i2),
        () -> {
          Tensor h1 = unit("h1", w.get("w1"), i1, w.get("w2"), i2, w.get("b1"));
          Tensor h2 = unit("h2", w.get("w3"), i1, w.get("w4"), i2, w.get("b1"));
          Tensor o1 = unit("o1", w.get("w5"), h1, w.get("w6"), h2, w.get("b2"));
          Tensor o2 = unit("o2", w.get("w7"), h1, w.get("w8"), h2, w.get("b2"));
          return number(0.01).sub(o1).square().mul(0.5).add(number(0.99).sub(o2).square().mul(0.5));
        });
  }

  private static Tensor unit(String name, Tensor a, Tensor x, Tensor b, Tensor y, Tensor bias) {
    Tensor net = GraphView.name(a.mul(x).add(b.mul(y)).add(bias), "net " + name);
    return GraphView.name(net.sigmoid(), "out " + name);
  }

  private static List<String> labels(Element node) {
    return Drawn.texts(node).stream().map(Element::getTextContent).toList();
  }

  @Test
  void theFirstGraphOfTheLectures() {
    Document svg = Drawn.parsed(Graphs.toSvg(square()));
    assertEquals(
        List.of(
            List.of("x", "2", "gradient 24"),
            List.of("constant", "1"),
            List.of("f = add", "3", "gradient 24"),
            List.of("constant", "2"),
            List.of("g = mul", "6", "gradient 12"),
            List.of("h = square", "36", "gradient 1")),
        Drawn.groups(svg, "node").stream().map(GraphsTest::labels).toList());
    assertTidy(svg);
  }

  @Test
  void everyNodeOfTheNetworkHasItsValueAndGradient() {
    GraphView view = network();
    Document svg = Drawn.parsed(Graphs.toSvg(view));
    List<Element> drawn = Drawn.groups(svg, "node");
    assertEquals(view.nodes().size(), drawn.size());
    for (GraphView.Node node : view.nodes()) {
      List<String> labels = labels(drawn.get(node.id()));
      GraphView.Result result = node.result();
      assertEquals(result.values().item(), Double.parseDouble(labels.get(1)), 1e-5, node::toString);
      GraphView.Numbers gradient = result.gradient();
      if (gradient == null) {
        assertEquals(2, labels.size(), node::toString);
      } else {
        String text = labels.get(2).replace("gradient ", "");
        assertEquals(gradient.item(), Double.parseDouble(text), 1e-5, node::toString);
      }
    }
    assertTidy(svg);
  }

  /** No box touches another, every text is in its box, and all is on the sheet. */
  private static void assertTidy(Document svg) {
    Element root = svg.getDocumentElement();
    Rectangle2D sheet =
        new Rectangle2D.Double(
            0,
            0,
            Double.parseDouble(root.getAttribute("width")),
            Double.parseDouble(root.getAttribute("height")));
    List<Rectangle2D> boxes = new ArrayList<>();
    for (Element node : Drawn.groups(svg, "node")) {
      Rectangle2D box = Drawn.rectangle(node);
      assertTrue(sheet.contains(box), () -> box + " of " + labels(node));
      for (Element text : Drawn.texts(node)) {
        Rectangle2D extent = Drawn.extent(text);
        assertTrue(box.contains(extent), () -> text.getTextContent() + " " + extent + box);
      }
      boxes.forEach(other -> assertFalse(other.intersects(box), () -> labels(node).toString()));
      boxes.add(box);
    }
  }

  /** Edges go down, and never through the box of a node. */
  private static void assertNoEdgeCrossesABox(Document svg) {
    List<Rectangle2D> boxes =
        Drawn.groups(svg, "node").stream()
            .map(Drawn::rectangle)
            .map(
                box ->
                    (Rectangle2D)
                        new Rectangle2D.Double(
                            box.getX() + 1,
                            box.getY() + 1,
                            box.getWidth() - 2,
                            box.getHeight() - 2))
            .toList();
    for (Element path : Drawn.all(svg, "path")) {
      if (path.getAttribute("fill").equals("none")) {
        for (double[] point : Paths.points(path.getAttribute("d"))) {
          assertTrue(
              boxes.stream().noneMatch(box -> box.contains(point[0], point[1])),
              () -> path.getAttribute("d"));
        }
      }
    }
  }

  @Test
  void graphsOfAnyShapeAreTidy() {
    Random random = new Random(1);
    for (int trial = 0; trial < 6; trial++) {
      int count = 2 + random.nextInt(40);
      Document svg = Drawn.parsed(Graphs.toSvg(anyGraph(random, count)));
      assertTidy(svg);
      assertNoEdgeCrossesABox(svg);
    }
  }

  private static GraphView anyGraph(Random random, int count) {
    Tensor x = number(0.5).requiresGrad();
    return GraphView.record(
        () -> {
          List<Tensor> made = new ArrayList<>(List.of(x));
          Tensor all = x;
          for (int i = 0; i < count; i++) {
            Tensor a = made.get(random.nextInt(made.size()));
            Tensor b = made.get(Math.max(0, made.size() - 1 - random.nextInt(3)));
            Tensor next = random.nextInt(3) == 0 ? a.tanh() : a.mul(b);
            made.add(GraphView.name(next, "n".repeat(1 + random.nextInt(20))));
            all = all.add(next);
          }
          return all;
        });
  }

  @Test
  void aLargeGraphIsAbbreviated() {
    Tensor x = number(1).requiresGrad();
    GraphView view =
        GraphView.record(
            () -> {
              Tensor y = x;
              for (int i = 0; i < 5_000; i++) {
                y = y.mul(x).sin();
              }
              return y;
            });
    Document svg = Drawn.parsed(Graphs.toSvg(view));
    List<Element> drawn = Drawn.groups(svg, "node");
    assertEquals(Graphs.MOST + 1, drawn.size());
    String left = String.format(Locale.ROOT, "… %,d nodes left out …", 10_001 - Graphs.MOST);
    assertTrue(drawn.stream().anyMatch(node -> labels(node).equals(List.of(left))));
    assertTidy(svg);
    assertNoEdgeCrossesABox(svg);
    assertEquals("10,001 nodes", svg.getElementsByTagName("desc").item(0).getTextContent());
    assertTrue(Dot.parsed(Graphs.toDot(view)).values().stream().anyMatch(left::equals));
  }

  @Test
  void aChainMayBeLongAndAnOperationHaveManyInputs() {
    GraphView.Result one =
        GraphView.record(number(1).requiresGrad()::neg).nodes().getLast().result();
    GraphView chain =
        new GraphView(
            IntStream.range(0, 100_000)
                .mapToObj(
                    i ->
                        new GraphView.Node(
                            i,
                            "neg",
                            null,
                            i == 0 ? List.of() : List.of(new GraphView.Input(i - 1, 0)),
                            List.of(one),
                            null))
                .toList());
    assertTidy(Drawn.parsed(Graphs.toSvg(chain)));
    List<Tensor> many = Stream.generate(() -> Tensor.of(1.0).requiresGrad()).limit(400).toList();
    GraphView wide = GraphView.record(() -> Tensor.concat(0, many).sum());
    assertTidy(Drawn.parsed(Graphs.toSvg(wide)));
  }

  @Test
  void shapesAndRangesStandWhereThereAreManyNumbers() {
    Tensor w = Tensor.of(new double[][] {{1, -2.5, 3}, {4, 5, 6}}).requiresGrad();
    Tensor v = Tensor.of(3.0, 1, 2).requiresGrad();
    GraphView view =
        GraphView.record(Map.of("w", w, "v", v), () -> w.matmul(v.topK(3, 0).values()).sum());
    List<List<String>> labels =
        Drawn.groups(Drawn.parsed(Graphs.toSvg(view)), "node").stream()
            .map(GraphsTest::labels)
            .toList();
    assertTrue(
        labels.contains(List.of("w", "float64[2, 3]", "from -2.5 to 6", "gradient from 1 to 3")),
        labels::toString);
    assertTrue(
        labels.contains(
            List.of(
                "topK",
                "result 0",
                "float64[3]",
                "[3, 2, 1]",
                "gradient [5, 2.5, 9]",
                "result 1",
                "int32[3]",
                "[0, 2, 1]")),
        labels::toString);
  }

  @Test
  void namesMayHaveAnyLetters() {
    String name = "a \"b\" <c> & \\n \\ d\n\u0001 ü";
    Tensor x = number(2).requiresGrad();
    GraphView view = GraphView.record(Map.of(name, x), x::exp);
    String drawn =
        labels(Drawn.groups(Drawn.parsed(Graphs.toSvg(view)), "node").getFirst()).getFirst();
    assertEquals("a \"b\" <c> & \\n \\ d ? ü", drawn);
    assertEquals(
        name.replace('\n', ' ') + "\n2\ngradient 7.38906",
        Dot.parsed(Graphs.toDot(view)).get("n0"));
    GraphView longName = GraphView.record(Map.of("w".repeat(300), x), x::exp);
    assertTidy(Drawn.parsed(Graphs.toSvg(longName)));
  }

  @Test
  void theTextOfGraphvizIsWellFormed() {
    GraphView view = network();
    Map<String, String> parsed = Dot.parsed(Graphs.toDot(view));
    List<String> edges = parsed.keySet().stream().filter(key -> key.contains("->")).toList();
    assertEquals(
        view.nodes().stream()
            .flatMap(n -> n.inputs().stream().map(i -> "n" + i.node() + "->n" + n.id()))
            .collect(Collectors.toSet()),
        java.util.Set.copyOf(edges));
    assertEquals(view.nodes().size(), parsed.size() - edges.size());
    assertEquals("w1\n0.15\ngradient 0.000438568", parsed.get("n0"));
  }

  @Test
  void aGraphWithoutNodesIsRefused() {
    GraphView none = new GraphView(List.of());
    String message = "graph: there are no nodes to show";
    assertEquals(message, assertThrows(PlotException.class, () -> Graphs.toSvg(none)).getMessage());
    assertEquals(message, assertThrows(PlotException.class, () -> Graphs.toDot(none)).getMessage());
  }

  /** Reads points along the paths that graphs are drawn with. */
  private static final class Paths {
    private static final Pattern COMMAND = Pattern.compile("([MVC])([^MVC]*)");

    static List<double[]> points(String d) {
      List<double[]> points = new ArrayList<>();
      Matcher commands = COMMAND.matcher(d);
      double x = 0;
      double y = 0;
      while (commands.find()) {
        double[] n =
            Stream.of(commands.group(2).trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (double t = 0; t <= 1; t += 0.125) {
          double s = 1 - t;
          switch (commands.group(1)) {
            case "M" -> points.add(new double[] {n[0], n[1]});
            case "V" -> points.add(new double[] {x, y + t * (n[0] - y)});
            default ->
                points.add(
                    new double[] {
                      s * s * s * x
                          + 3 * s * s * t * n[0]
                          + 3 * s * t * t * n[2]
                          + t * t * t * n[4],
                      s * s * s * y + 3 * s * s * t * n[1] + 3 * s * t * t * n[3] + t * t * t * n[5]
                    });
          }
        }
        boolean isVertical = commands.group(1).equals("V");
        x = isVertical ? x : n[n.length - 2];
        y = n[n.length - 1];
      }
      return points;
    }
  }

  /** A strict reader of the little of Graphviz's language that is written. */
  private static final class Dot {
    private static final String STRING = "\"((?:[^\"\\\\\\n]|\\\\.)*)\"";
    private static final Pattern NODE =
        Pattern.compile(
            "  (n\\d+) \\[label="
                + STRING
                + ", tooltip="
                + STRING
                + ", fillcolor=\"#[0-9a-f]{6}\"];");
    private static final Pattern EDGE = Pattern.compile("  (n\\d+) -> (n\\d+);");

    /** The label of each node; edges as keys of their own. */
    static Map<String, String> parsed(String dot) {
      List<String> lines = dot.lines().toList();
      assertEquals("digraph {", lines.getFirst());
      assertEquals("}", lines.getLast());
      Map<String, String> found = new HashMap<>();
      for (String line : lines.subList(2, lines.size() - 1)) {
        Matcher node = NODE.matcher(line);
        Matcher edge = EDGE.matcher(line);
        if (node.matches()) {
          found.put(node.group(1), unescaped(node.group(2)));
        } else {
          assertTrue(edge.matches(), line);
          found.put(edge.group(1) + "->" + edge.group(2), "");
        }
      }
      return found;
    }

    private static String unescaped(String text) {
      StringBuilder plain = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\') {
          i++;
          plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
        } else {
          plain.append(c);
        }
      }
      return plain.toString();
    }
  }
}
