package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Sigmoid;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The computations that the third lecture does by hand, L3.1 to L3.3, in float64. */
class BackpropagationByHandTest {
  private static final double TOLERANCE = 1e-9;

  private final Linear hidden =
      new Linear(
          Parameter.of("weight", Tensor.of(new double[][] {{0.15, 0.20}, {0.25, 0.30}})),
          Parameter.of("bias", Tensor.of(0.35, 0.35)));
  private final Linear output =
      new Linear(
          Parameter.of("weight", Tensor.of(new double[][] {{0.40, 0.45}, {0.50, 0.55}})),
          Parameter.of("bias", Tensor.of(0.60, 0.60)));
  private final Tensor inputs = Tensor.of(new double[][] {{0.05, 0.10}});
  private final Tensor targets = Tensor.of(new double[][] {{0.01, 0.99}});

  /** L3.1: h(x) = (2 (x + 1))^2 at x = 2, through f = x + 1 and g = 2 f. */
  @Test
  void graphOfOneExpression() {
    Tensor x = Tensor.scalar(DType.FLOAT64, 2).requiresGrad();
    Tensor f = x.add(1).detach().requiresGrad();
    Tensor g = f.mul(2).detach().requiresGrad();
    Tensor h = g.square();

    assertEquals(3, f.item(), TOLERANCE);
    assertEquals(6, g.item(), TOLERANCE);
    assertEquals(36, h.item(), TOLERANCE);
    assertEquals(12, h.backward().of(g).item(), TOLERANCE);
    assertEquals(24, f.mul(2).square().backward().of(f).item(), TOLERANCE);
    assertEquals(24, x.add(1).mul(2).square().backward().of(x).item(), TOLERANCE);
  }

  /** L3.2: one logistic neuron and one step of gradient descent. */
  @Test
  void logisticNeuron() {
    Tensor x = Tensor.of(new double[][] {{0.1, 0.7}});
    Tensor y = Tensor.of(new double[][] {{1}});
    Parameter w = Parameter.of("weight", Tensor.of(new double[][] {{0.8, 0.2}}));
    Parameter b = Parameter.of("bias", Tensor.of(0.1));
    Linear neuron = new Linear(w, b);

    Tensor z = neuron.forward(x);
    assertEquals(0.32, z.item(), TOLERANCE);
    assertEquals(0.579324252149, z.sigmoid().item(), TOLERANCE);

    Gradients gradients = Losses.binaryCrossEntropyWithLogits(z, y).backward();
    assertArrayEquals(
        new double[] {-0.042067574785, -0.294473023496},
        gradients.of(w).toDoubleArray(),
        TOLERANCE);
    assertEquals(-0.420675747851, gradients.of(b).item(), TOLERANCE);

    new Optimizer(neuron.parameters(), new SGD(0.5)).step(gradients);
    assertArrayEquals(
        new double[] {0.821033787393, 0.347236511748}, w.tensor().toDoubleArray(), TOLERANCE);
    assertEquals(0.310337873925, b.tensor().item(), TOLERANCE);

    Tensor next = neuron.forward(x);
    assertEquals(0.6355068108884, next.item(), TOLERANCE);
    assertEquals(0.6537370640403, next.sigmoid().item(), TOLERANCE);
    assertEquals(0.4250500511176, Losses.binaryCrossEntropyWithLogits(next, y).item(), TOLERANCE);
  }

  /** The same loss written out, as the lecture does: -log(sigmoid(w x + b)). */
  @Test
  void logisticNeuronWrittenOut() {
    Tensor w = Tensor.of(0.8, 0.2).requiresGrad();
    Tensor loss = w.mul(Tensor.of(0.1, 0.7)).sum().add(0.1).sigmoid().log().neg();

    assertArrayEquals(
        new double[] {-0.042067574785, -0.294473023496},
        loss.backward().of(w).toDoubleArray(),
        TOLERANCE);
  }

  /** L3.3: the values of the 2-2-2 network that the lecture shows. */
  @Test
  void networkForward() {
    Tensor netH = hidden.forward(inputs);
    Tensor outH = netH.sigmoid();
    Tensor netO = output.forward(outH);
    Tensor outO = netO.sigmoid();
    Tensor losses = outO.sub(targets).square().mul(0.5);

    assertShown("0.3775", netH, 0);
    assertShown("0.5932", outH, 0);
    assertShown("0.596", outH, 1);
    assertShown("1.105", netO, 0);
    assertShown("0.751", outO, 0);
    assertShown("0.7729", outO, 1);
    assertShown("0.274", losses, 0);
    assertShown("0.023", losses, 1);
    assertShown("0.298", losses.sum(), 0);
    assertShown("0.741", outO.sub(targets), 0);
    assertShown("0.186", outO.mul(outO.neg().add(1)), 0);
  }

  /** The lecture cuts digits off. */
  private static void assertShown(String shown, Tensor tensor, int index) {
    int digits = shown.length() - shown.indexOf('.') - 1;
    BigDecimal value = BigDecimal.valueOf(tensor.toDoubleArray()[index] + 1e-12);
    assertEquals(shown, value.setScale(digits, RoundingMode.DOWN).toPlainString());
  }

  private Tensor loss() {
    Sequential network = new Sequential(hidden, new Sigmoid(), output, new Sigmoid());
    return network.forward(inputs).sub(targets).square().sum().mul(0.5);
  }

  /** L3.3: a step moves the weights; the lecture keeps the biases. */
  @Test
  void networkBackward() {
    Optimizer optimizer = new Optimizer(List.of(hidden.weight(), output.weight()), new SGD(0.5));
    Tensor before = loss();
    Gradients gradients = before.backward();
    assertEquals(0.298371109, before.item(), TOLERANCE);
    assertShown("0.082", gradients.of(output.weight()), 0);

    optimizer.step(gradients);
    assertArrayEquals(
        new double[] {0.149780716, 0.199561432, 0.249751144, 0.299502287},
        hidden.weight().tensor().toDoubleArray(),
        TOLERANCE);
    assertArrayEquals(
        new double[] {0.358916480, 0.408666186, 0.511301270, 0.561370121},
        output.weight().tensor().toDoubleArray(),
        TOLERANCE);

    double last = before.item();
    for (int step = 0; step < 100; step++) {
      Tensor loss = loss();
      assertTrue(loss.item() < last, "step " + step);
      last = loss.item();
      optimizer.step(loss.backward());
    }
    assertTrue(last < 0.15, "after 100 steps " + last);
  }
}
