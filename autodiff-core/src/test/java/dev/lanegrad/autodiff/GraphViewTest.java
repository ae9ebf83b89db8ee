package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.sample.TraceView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The graph as plain data: what it says is what was computed. */
class GraphViewTest {
  private static Tensor number(double value) {
    return Tensor.scalar(DType.FLOAT64, value);
  }

  private static List<String> operations(GraphView view) {
    return view.nodes().stream().map(GraphView.Node::operation).toList();
  }

  /** L3.1: h(x) = (2(x + 1))^2 at x = 2. */
  /** That of {@code Map.of} differs from run to run. */
  @Test
  void theOrderOfNamesMakesNoDifference() {
    Tensor a = number(2).requiresGrad();
    Tensor b = number(3).requiresGrad();
    Map<String, Tensor> forwards = new LinkedHashMap<>();
    forwards.put("a", a);
    forwards.put("b", b);
    Map<String, Tensor> backwards = new LinkedHashMap<>();
    backwards.put("b", b);
    backwards.put("a", a);
    assertEquals(
        GraphView.record(forwards, () -> b.mul(a)).toString(),
        GraphView.record(backwards, () -> b.mul(a)).toString());
  }

  @Test
  void theFirstGraphOfTheLectures() {
    Tensor x = number(2).requiresGrad();
    GraphView view =
        GraphView.record(
            Map.of("x", x),
            () -> {
              Tensor f = GraphView.name(x.add(1), "f");
              Tensor g = GraphView.name(f.mul(2), "g");
              return GraphView.name(g.square(), "h");
            });
    assertEquals(
        """
        0: input x float64[] 2.0 gradient 24.0
        1: constant float64[] 1.0
        2: add(0, 1) f float64[] 3.0 gradient 24.0
        3: constant float64[] 2.0
        4: mul(2, 3) g float64[] 6.0 gradient 12.0
        5: square(4) h float64[] 36.0 gradient 1.0\
        """,
        view.toString());
    assertEquals(6, view.value("g").item());
    assertEquals(12, view.gradient("g").item());
  }

  /** L3.3: every node of the 2-2-2 network has its value, and a gradient where it needs one. */
  @Test
  void theNetworkOfTheLectures() {
    Map<String, Double> numbers =
        Map.of(
            "w1", 0.15, "w2", 0.20, "w3", 0.25, "w4", 0.30, "w5", 0.40, "w6", 0.45, "w7", 0.50,
            "w8", 0.55, "b1", 0.35, "b2", 0.60);
    Map<String, Tensor> w = new java.util.HashMap<>();
    numbers.forEach((name, value) -> w.put(name, Parameter.of(name, number(value)).tensor()));
    Tensor i1 = number(0.05);
    Tensor i2 = number(0.10);
    GraphView view =
        GraphView.record(
            Map.of("i1", i1, "i2", i2),
            () -> {
              Tensor h1 = unit("h1", w.get("w1"), i1, w.get("w2"), i2, w.get("b1"));
              Tensor h2 = unit("h2", w.get("w3"), i1, w.get("w4"), i2, w.get("b1"));
              Tensor o1 = unit("o1", w.get("w5"), h1, w.get("w6"), h2, w.get("b2"));
              Tensor o2 = unit("o2", w.get("w7"), h1, w.get("w8"), h2, w.get("b2"));
              Tensor loss1 = o1.neg().add(0.01).square().mul(0.5);
              Tensor loss2 = o2.neg().add(0.99).square().mul(0.5);
              return GraphView.name(loss1.add(loss2), "total");
            });
    assertEquals(0.298371109, view.value("total").item(), 1e-9);
    assertEquals(0.3775, view.value("net h1").item(), 1e-12);
    assertEquals(0.082167041, view.gradient("w5").item(), 1e-9);
    assertEquals(0.15 - 0.149780716, 0.5 * view.gradient("w1").item(), 1e-9);
    for (GraphView.Node node : view.nodes()) {
      assertTrue(Double.isFinite(node.result().values().item()), node::toString);
      assertEquals(
          node.operation().equals("constant"), node.result().gradient() == null, node::toString);
    }
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> view.gradient("i1"));
    assertEquals("graph: \"i1\" needs no gradient", refused.getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> view.value("w9"))
            .getMessage()
            .startsWith("graph: no tensor has the name \"w9\"; there are ["));
  }

  private static Tensor unit(String name, Tensor a, Tensor x, Tensor b, Tensor y, Tensor bias) {
    Tensor net = GraphView.name(a.mul(x).add(b.mul(y)).add(bias), "net " + name);
    return GraphView.name(net.sigmoid(), "out " + name);
  }

  /** The numbers of a small network are those that are computed without a view, to the bit. */
  @Test
  void nothingChangesForBeingLookedAt() {
    Tensor weight = Tensor.of(new double[][] {{0.3, -0.7, 0.1}, {1.1, 0.2, -0.4}}).requiresGrad();
    Tensor x = Tensor.of(new double[][] {{0.5, 1.5}, {-1, 2}, {0.1, 0.2}});
    Supplier<Tensor> loss =
        () -> x.matmul(weight).tanh().logSoftmax(1).select(1, 0).neg().mean().mul(weight.sum());
    Tensor plain = loss.get();
    Tensor gradient = plain.backward().of(weight);
    GraphView view = GraphView.record(Map.of("w", weight, "x", x), loss);
    assertEquals(plain.item(), view.nodes().getLast().result().values().item());
    assertEquals(GraphView.Numbers.of(gradient), view.gradient("w"));
    assertArrayEquals(x.toDoubleArray(), view.value("x").first());
    assertFalse(Objects.requireNonNull(view.find("w").gradient()).equals(view.value("w")));
  }

  @Test
  void gradientsOfNodesInTheMiddleAreThoseOfAutodiff() {
    Tensor x = Tensor.of(0.5, -1, 2).requiresGrad();
    List<Tensor> middle = new ArrayList<>();
    GraphView view =
        GraphView.record(
            () -> {
              Tensor y = x.mul(x).add(x);
              Tensor z = y.exp().mul(y);
              middle.addAll(List.of(y, z));
              GraphView.name(y, "y");
              GraphView.name(z, "z");
              return z.sum().square();
            });
    Tensor output = middle.get(1).sum().square();
    List<Tensor> expected = Autodiff.gradients(output, middle.get(0), middle.get(1));
    assertEquals(GraphView.Numbers.of(expected.get(0)), view.gradient("y"));
    assertEquals(GraphView.Numbers.of(expected.get(1)), view.gradient("z"));
  }

  @Test
  void operationsWithSeveralResultsShowAll() {
    Tensor x = Tensor.of(3.0, 1, 2).requiresGrad();
    GraphView view = GraphView.record(() -> x.topK(2, 0).values().sum());
    GraphView.Node node = view.nodes().get(1);
    assertEquals(2, node.results().size(), node::toString);
    assertArrayEquals(new double[] {3, 2}, node.result().values().first());
    assertEquals(DType.INT32, node.results().getLast().type().dtype());
    assertNull(node.results().getLast().gradient());
  }

  @Test
  void anOutputThatIsNoScalarNeedsASeed() {
    Tensor x = Tensor.of(1.0, 2).requiresGrad();
    assertEquals(
        "record: shape [2] is not a scalar; reduce it first, as by sum(), or give a seed",
        refused(x::square));
    GraphView view = GraphView.record(Map.of("x", x), x::square, Tensor.of(1.0, 10));
    assertArrayEquals(new double[] {2, 40}, view.gradient("x").first());
    assertEquals(
        "record: output is float64[2], seed is float64[]",
        assertThrows(
                GradientException.class, () -> GraphView.record(Map.of(), x::square, number(1)))
            .getMessage());
  }

  private static String refused(Supplier<Tensor> output) {
    return assertThrows(GradientException.class, () -> GraphView.record(output)).getMessage();
  }

  @Test
  void whatHasNoGraphIsRefused() {
    Tensor x = number(2).requiresGrad();
    Tensor before = x.square();
    String none = "record: float64[] depends on no tensor that requiresGrad()";
    assertEquals(none, refused(() -> number(2).square()));
    assertEquals(none, refused(() -> Autodiff.withoutGradient(x::square)));
    assertEquals(
        "record: within withoutGradient there is no graph; call it outside",
        Autodiff.withoutGradient(() -> refused(x::square)));
    assertEquals(
        "record: float64[] was computed before; compute it inside, from its inputs",
        refused(() -> before));
    assertEquals(1, GraphView.record(() -> x).nodes().size());
    assertEquals(List.of("input", "exp"), operations(GraphView.record(before::exp)));
  }

  @Test
  void tensorsThatNeedNoGradientHaveNone() {
    Tensor x = number(2).requiresGrad();
    Tensor c = number(3);
    GraphView view = GraphView.record(() -> GraphView.name(c.square(), "squared").mul(x));
    assertEquals(List.of("constant", "square", "input", "mul"), operations(view));
    assertEquals(9, view.value("squared").item());
    assertNull(view.find("squared").gradient());
  }

  @Test
  void cutsAreSeen() {
    Tensor x = number(2).requiresGrad();
    GraphView view =
        GraphView.record(Map.of("x", x), () -> x.square().mul(x.square().detach().exp()));
    assertEquals(List.of("input", "square", "square", "detach", "exp", "mul"), operations(view));
    assertNotNull(view.nodes().get(1).result().gradient());
    assertEquals(0, Objects.requireNonNull(view.nodes().get(2).result().gradient()).item());
    assertNull(view.nodes().get(3).result().gradient());
    Parameter frozen = Parameter.of("frozen", number(3));
    frozen.freeze();
    GraphView twice = GraphView.record(() -> frozen.tensor().mul(x).add(frozen.tensor()));
    assertEquals(List.of("constant", "input", "mul", "add"), operations(twice));
  }

  @Test
  void parametersThatAreUpdatedMeanwhileAreShownAsTheyWereRead() {
    Parameter a = Parameter.of("a", number(3));
    Parameter b = Parameter.of("b", number(5));
    GraphView view =
        GraphView.record(
            () -> {
              Tensor before = a.tensor().add(b.tensor());
              a.assign(number(4));
              return before.add(a.tensor());
            });
    assertEquals(12, view.nodes().getLast().result().values().item());
    double[] values =
        view.nodes().stream()
            .filter(node -> "a".equals(node.result().name()))
            .mapToDouble(node -> node.result().values().item())
            .toArray();
    assertArrayEquals(new double[] {3, 4}, values);
  }

  @Test
  void itWorksInsideOfScopesAndOtherViews() {
    Tensor x = Tensor.of(1.0, 2).requiresGrad();
    GraphView[] inner = new GraphView[1];
    GraphView outer =
        Autodiff.tidy(
            () -> {
              GraphView view =
                  GraphView.record(
                      () -> {
                        Tensor y = x.square();
                        inner[0] = GraphView.record(() -> y.exp().sum());
                        return y.sum();
                      });
              return List.of(view).getFirst();
            });
    assertEquals(List.of("input", "square", "sum"), operations(outer));
    assertEquals(List.of("input", "exp", "sum"), operations(inner[0]));
    assertArrayEquals(
        new double[] {2, 4},
        Objects.requireNonNull(outer.nodes().getFirst().result().gradient()).first());
    assertThrows(
        GradientException.class,
        () -> GraphView.record(() -> Autodiff.tidy(() -> x.square().exp().sum())));
  }

  @Test
  void scopesCarryItToOtherThreads() {
    Tensor x = Tensor.of(1.0, 2, 3).requiresGrad();
    GraphView view =
        GraphView.record(
            () -> {
              Scopes here = Scopes.current();
              List<Tensor> parts =
                  IntStream.range(0, 3)
                      .parallel()
                      .mapToObj(i -> here.call(() -> x.select(0, i).exp()))
                      .toList();
              return parts.stream().reduce(Tensor::add).orElseThrow();
            });
    assertEquals(3, operations(view).stream().filter("exp"::equals).count());
    assertEquals(1, operations(view).stream().filter("input"::equals).count());
  }

  @Test
  void secondDerivativesAreGraphsToo() {
    Tensor x = number(2).requiresGrad();
    GraphView view =
        GraphView.record(Map.of("x", x), () -> Autodiff.grad(v -> v.mul(v).mul(v)).apply(x));
    assertEquals(12, view.nodes().getLast().result().values().item());
    assertEquals(12, view.gradient("x").item());
  }

  @Test
  void formulasSayWhatTheyCompute() {
    Tensor x = number(2).requiresGrad();
    GraphView.Node node =
        GraphView.record(() -> Elementwise.of(v -> v.mul(v.sigmoid())).applyTo(x))
            .nodes()
            .getLast();
    assertEquals("elementwise", node.operation());
    assertTrue(String.valueOf(node.formula()).contains("sigmoid(x0)"), node.formula());
  }

  @Test
  void ofLargeTensorsTheFirstNumbersAreKept() {
    double[] many = IntStream.range(0, 5_000).mapToDouble(i -> i).toArray();
    GraphView.Numbers numbers = GraphView.Numbers.of(Tensor.of(many));
    assertArrayEquals(Arrays.copyOf(many, GraphView.Numbers.MOST_KEPT), numbers.first());
    assertFalse(numbers.isWhole());
    assertEquals("[0.0, 1.0, 2.0, 3.0, ... 5,000 from 0.0 to 4999.0]", numbers.toString());
    assertEquals(
        "item: there are 5,000 numbers, not one",
        assertThrows(ShapeException.class, numbers::item).getMessage());
    numbers.first()[0] = 7;
    assertEquals(0, numbers.first()[0]);
  }

  @Test
  void whatIsNoGraphIsRefused() {
    GraphView view = GraphView.record(number(1).requiresGrad()::exp);
    GraphView.Node exp = view.nodes().getLast();
    assertEquals(
        "graph: node 0 reads Input[node=0, result=0], which no node before it gave",
        assertThrows(IllegalArgumentException.class, () -> new GraphView(List.of(exp)))
            .getMessage());
    assertEquals(
        "graph: the node at place 1 has the id 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new GraphView(java.util.Collections.nCopies(2, view.nodes().getFirst())))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new GraphView.Input(-1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GraphView.Node(0, "exp", null, List.of(), List.of(), null));
  }

  @Test
  void chainsMayBeLong() {
    Tensor x = number(1).requiresGrad();
    GraphView view =
        GraphView.record(
            () -> Stream.iterate(x, Tensor::neg).skip(100_000).findFirst().orElseThrow());
    assertEquals(100_001, view.nodes().size());
    assertTrue(view.toString().contains("... 99,901 nodes left out"));
  }

  /** The order does not come from that of a map, which may be another in every run. */
  @Test
  void inputsStandInTheOrderInWhichTheyAreRead() {
    Map<String, Tensor> names = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      names.put("x" + (char) ('a' + i), number(i).requiresGrad());
    }
    List<Tensor> reversed = new ArrayList<>(names.values()).reversed();
    GraphView view =
        GraphView.record(names, () -> reversed.stream().reduce(Tensor::add).orElseThrow());
    assertEquals("xt", view.nodes().getFirst().result().name());
    assertEquals(
        new ArrayList<>(names.keySet()).reversed(),
        view.nodes().stream()
            .filter(node -> node.operation().equals("input"))
            .map(node -> node.result().name())
            .toList());
  }

  /**
   * A frozen parameter gives another tensor each time, and the name is still that of its numbers.
   */
  @Test
  void namesAreThoseOfTheNumbers() {
    Parameter frozen = Parameter.of("frozen", number(3));
    frozen.freeze();
    Tensor x = number(2);
    GraphView view =
        GraphView.record(
            Map.of("weight", frozen.tensor(), "x", x),
            () -> frozen.tensor().mul(x.requiresGrad()).add(frozen.tensor()));
    assertEquals(3, view.value("weight").item());
    assertEquals(List.of("constant", "constant", "requiresGrad", "mul", "add"), operations(view));
    assertEquals(List.of(new GraphView.Input(1, 0)), view.nodes().get(2).inputs());
  }

  @Test
  void withoutAViewANameChangesNothing() {
    Tensor x = number(1);
    assertSame(x, GraphView.name(x, "x"));
  }

  @Test
  void withTracingOnLinesOfCodeAreKept() throws Exception {
    String traced = ChildJvm.run(List.of("-Dlanegrad.trace=true"), TraceView.class);
    assertTrue(
        traced.matches("(?s).*1: square\\(0\\) [^\n]* at [^\n]*TraceView.java:\\d+.*"), traced);
    String untraced = ChildJvm.run(List.of(), TraceView.class);
    assertTrue(untraced.contains("1: square(0)") && !untraced.contains(" at "), untraced);
  }
}
