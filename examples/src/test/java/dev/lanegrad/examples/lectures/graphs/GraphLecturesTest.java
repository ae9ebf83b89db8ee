package dev.lanegrad.examples.lectures.graphs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.RecordedNotebook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** L3.1 to L3.6: what the lectures compute by hand of graphs and backpropagation. */
class GraphLecturesTest {
  @Test
  void composedSquare() {
    RecordedNotebook notebook = RecordedNotebook.of("L3.1");
    notebook.assertNumber("f", 3);
    notebook.assertNumber("g", 6);
    notebook.assertNumber("h", 36);
    notebook.assertNumber("dh/dg", 12);
    notebook.assertNumber("dh/df", 24);
    notebook.assertNumber("dh/dx", 24);
    notebook.assertClaimed("the gradient is that of the closed form, 8 x + 8, at any x");
    assertDrawn(notebook, "f =", "3", "gradient 24", "g =", "6", "gradient 12", "h =", "36");
  }

  @Test
  void logisticNeuron() {
    RecordedNotebook notebook = RecordedNotebook.of("L3.2");
    notebook.assertNumber("z", 0.32);
    notebook.assertNumber("a", 0.579324252149);
    notebook.assertNumber("dL/dz", -0.420675747851);
    notebook.assertNumber("dL/dw1", -0.042067574785);
    notebook.assertNumber("dL/dw2", -0.294473023496);
    notebook.assertNumber("dL/db", -0.420675747851);
    notebook.assertNumber("w1 after the step", 0.821033787393);
    notebook.assertNumber("w2 after the step", 0.347236511748);
    notebook.assertNumber("b after the step", 0.310337873925);
    notebook.assertNumber("z after the step", 0.6355068108884);
    notebook.assertNumber("a after the step", 0.6537370640403);
    notebook.assertNumber("loss after the step", 0.4250500511176);
    notebook.assertClaimed(
        "dL/dz = a - y",
        "the loss falls",
        "a linear layer with an optimizer ends at the same weights");
    assertDrawn(notebook, "z =", "0.32", "gradient -0.420676", "a =", "0.579324", "L =");
  }

  /** The same loss in one line: -log(sigmoid(w.x + b)). */
  @Test
  void logisticNeuronWrittenOut() {
    Tensor w = Tensor.of(0.8, 0.2).requiresGrad();
    Tensor loss = w.mul(Tensor.of(0.1, 0.7)).sum().add(0.1).sigmoid().log().neg();
    double[] gradient = loss.backward().of(w).toDoubleArray();
    assertArrayEquals(new double[] {-0.042067574785, -0.294473023496}, gradient, 1e-9);
  }

  @Test
  void networkByHand() {
    RecordedNotebook notebook = RecordedNotebook.of("L3.3");
    assertShown(notebook, "net h1", "0.3775");
    assertShown(notebook, "out h1", "0.5932");
    assertShown(notebook, "out h2", "0.596");
    assertShown(notebook, "net o1", "1.105");
    assertShown(notebook, "out o1", "0.751");
    assertShown(notebook, "out o2", "0.7729");
    assertShown(notebook, "loss of o1", "0.274");
    assertShown(notebook, "loss of o2", "0.023");
    assertShown(notebook, "total loss", "0.298");
    assertShown(notebook, "dL/dout o1", "0.741");
    assertShown(notebook, "dout/dnet o1", "0.186");
    assertShown(notebook, "dL/dw5", "0.082");
    assertShown(notebook, "new w5", "0.358");
    assertShown(notebook, "new w6", "0.408");
    assertShown(notebook, "new w7", "0.511");
    assertShown(notebook, "new w8", "0.561");
    notebook.assertNumber("total loss", 0.298371109);
    notebook.assertNumber("new w1", 0.149780716);
    notebook.assertNumber("new w2", 0.199561432);
    notebook.assertNumber("new w3", 0.249751144);
    notebook.assertNumber("new w4", 0.299502287);
    notebook.assertNumber("new w5", 0.358916480);
    notebook.assertNumber("new w6", 0.408666186);
    notebook.assertNumber("new w7", 0.511301270);
    notebook.assertNumber("new w8", 0.561370121);
    notebook.assertClaimed("the loss falls with every one of 500 steps");
    assertTrue(notebook.number("total loss after 500 more steps") < 0.005);
    notebook.assertClaimed("layers and an optimizer arrive at the same weights");
    assertEquals(1, notebook.pictures().size());
    assertDrawn(notebook, "w1..w4", "net h", "out h", "w5..w8", "net o", "out o", "0.298371");
    String layers = notebook.drawings().getLast();
    assertTrue(layers.contains("Linear") && layers.contains("Sigmoid"), layers);
  }

  /** The graph is drawn with values, and then with gradients too. */
  private static void assertDrawn(RecordedNotebook notebook, String... texts) {
    String forward = notebook.drawings().get(0);
    String backward = notebook.drawings().get(1);
    assertFalse(forward.contains("gradient"), forward);
    for (String text : texts) {
      assertTrue(backward.contains(">" + text), () -> text + " in " + backward);
      assertTrue(text.startsWith("gradient") || forward.contains(">" + text), forward);
    }
  }

  /** The lecture cuts digits off. */
  private static void assertShown(RecordedNotebook notebook, String name, String shown) {
    int digits = shown.length() - shown.indexOf('.') - 1;
    BigDecimal value = BigDecimal.valueOf(notebook.number(name) + 1e-12);
    assertEquals(shown, value.setScale(digits, RoundingMode.DOWN).toPlainString(), name);
  }

  @Test
  void recurrence() {
    RecordedNotebook notebook = RecordedNotebook.of("L3.4");
    for (String activation : List.of("tanh", "sigmoid", "softplus")) {
      notebook.assertClaimed(
          "the recurrence agrees with the reverse pass to 1e-12 with " + activation);
      notebook.assertNumber("largest difference of five networks with " + activation, 0, 1e-12);
    }
    List<? extends List<?>> deltas =
        notebook.table("The deltas of one network with tanh, from the last layer back");
    assertEquals(3 + 5 + 6 + 8, deltas.size());
    assertEquals("delta[4] of unit 1", deltas.getFirst().getFirst());
    assertTrue(Math.abs((double) deltas.getFirst().get(1)) > 1e-3, "a delta of nothing");
  }

  @Test
  void vectorised() {
    RecordedNotebook notebook = RecordedNotebook.of("L3.5");
    notebook.assertClaimed(
        "Z = W X + b equals the loop over samples",
        "W is n[l] x n[l-1], X n[l-1] x m, b n[l] x 1 and Z n[l] x m",
        "the gradient of W is D X^T, the sum over samples of delta x^T",
        "the gradient of b is the sum over samples of delta",
        "the layer Linear gives Z transposed");
  }

  @Test
  void eachNodeOnce() {
    RecordedNotebook notebook = RecordedNotebook.of("L3.6");
    notebook.assertClaimed(
        "the reverse pass visits each node once: visits grow linearly with depth",
        "the gradient counts every path: it is 2^depth",
        "along every path visits more than double with each level");
    notebook.assertNumber("visits at depth 60", 180, 0);
    notebook.assertNumber("visits along every path at depth 14", 3 * ((1 << 14) - 1), 0);
    assertEquals(1, notebook.pictures().size());
  }

  @Test
  void countedSumTakesTwoOfOneShape() {
    CountedSum sum = new CountedSum(new AtomicInteger());
    Tensor two = Tensor.ones(DType.FLOAT64, 2);
    Tensor three = Tensor.ones(DType.FLOAT64, 3);
    String message = assertThrows(ShapeException.class, () -> sum.applyTo(two, three)).getMessage();
    assertTrue(message.contains("[2]") && message.contains("[3]"), message);
    assertEquals(0, sum.visits().get());
  }
}
