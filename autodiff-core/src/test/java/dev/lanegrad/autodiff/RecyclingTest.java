package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The reverse pass gives the memory of gradients back while it runs, and never too early: then the
 * next operation would overwrite them, or reading them would fail.
 */
class RecyclingTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 20;
  private static final Tensor WEIGHT =
      Tensor.normal(new SplittableRandom(7), DType.FLOAT64, COLUMNS, COLUMNS).mul(0.2);

  private static final List<UnaryOperator<Tensor>> UNARY =
      List.of(
          Tensor::tanh,
          Tensor::relu,
          x -> x.add(x),
          x -> x.mul(x).mul(0.1),
          x -> x.reshape(COLUMNS, ROWS).sin().reshape(ROWS, COLUMNS),
          x -> x.transpose().transpose(),
          x -> x.transpose().flip(0).transpose(),
          x -> x.softmax(1),
          x -> x.logSoftmax(0),
          x -> x.sumKeeping(1).expand(x.shape()),
          x -> x.maxKeeping(0).add(x),
          x -> x.matmul(WEIGHT),
          x -> Tensor.concat(1, List.of(x.slice(1, 3, COLUMNS), x.slice(1, 0, 3))),
          x -> x.cumsum(1).mul(0.1),
          x -> x.add(x.sum(0)).mul(0.1),
          x -> x.detach().add(x),
          x -> x.unsqueeze(0).add(x).squeeze(0));

  private static final List<BinaryOperator<Tensor>> BINARY =
      List.of(
          Tensor::add,
          Tensor::sub,
          Tensor::mul,
          Tensor::maximum,
          (x, y) -> Tensor.stack(0, List.of(x, y)).sum(0),
          (x, y) -> x.greater(y).where(x, y));

  /** A graph of random operations on what earlier ones gave. */
  private static Tensor graph(SplittableRandom random, Tensor x, Tensor y, Witness witness) {
    List<Tensor> known = new ArrayList<>(List.of(x, y));
    for (int i = 0; i < 25; i++) {
      Tensor a = known.get(random.nextInt(known.size()));
      Tensor b = known.get(random.nextInt(known.size()));
      int choice = random.nextInt(UNARY.size() + BINARY.size() + 2);
      if (choice < UNARY.size()) {
        known.add(UNARY.get(choice).apply(a));
      } else if (choice < UNARY.size() + BINARY.size()) {
        known.add(BINARY.get(choice - UNARY.size()).apply(a, b));
      } else {
        known.add(witness.applyTo(a));
      }
    }
    Tensor loss = x.sum();
    for (Tensor each : known.subList(known.size() - 6, known.size())) {
      loss = loss.add(each.sum());
    }
    return loss;
  }

  private record Outcome(List<double[]> gradients, List<double[]> witnessed) {
    static Outcome of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Tensor x = Tensor.normal(random, DType.FLOAT64, ROWS, COLUMNS).requiresGrad();
      Tensor y = Tensor.normal(random, DType.FLOAT64, ROWS, COLUMNS).requiresGrad();
      Witness witness = new Witness(new ArrayList<>());
      Tensor loss = graph(random, x, y, witness);
      Gradients gradients = loss.backward();
      List<double[]> found = new ArrayList<>();
      List.of(x, y).forEach(leaf -> found.add(gradients.of(leaf).toDoubleArray()));
      return new Outcome(found, witness.seen.stream().map(Tensor::toDoubleArray).toList());
    }

    void assertSame(Outcome other, long seed) {
      assertEquals(witnessed.size(), other.witnessed.size());
      for (int i = 0; i < gradients.size(); i++) {
        assertArrayEquals(gradients.get(i), other.gradients.get(i), "seed " + seed);
      }
      for (int i = 0; i < witnessed.size(); i++) {
        assertArrayEquals(witnessed.get(i), other.witnessed.get(i), "seed " + seed);
      }
    }
  }

  /** A user's operation that keeps every gradient it gets, and what it makes of it. */
  private record Witness(List<Tensor> seen) implements Op {
    @Override
    public String name() {
      return "witness";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(new TensorType(inputs.getFirst().dtype(), inputs.getFirst().shape()));
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0).mul(2));
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      Tensor gradient = gradients.getFirst();
      if (gradient == null) {
        return List.of();
      }
      Tensor twice = gradient.mul(2);
      seen.add(gradient);
      seen.add(twice);
      return List.of(twice);
    }
  }

  @Test
  void randomGraphsHaveTheSameGradientsInAScope() {
    for (long seed = 0; seed < Samples.times(300); seed++) {
      long chosen = seed;
      Outcome outside = Outcome.of(seed);
      outside.assertSame(Autodiff.tidy(() -> Outcome.of(chosen)), seed);
    }
  }

  @Test
  void gradientsOfIntermediateTensorsStay() {
    Tensor x = Tensor.of(0.1, 0.2, 0.3, 0.4, 0.5).requiresGrad();
    List<double[]> found =
        Autodiff.tidy(
            () -> {
              Tensor a = x.tanh();
              Tensor b = a.add(x);
              Tensor c = b.exp();
              Tensor loss = c.mul(a).sum();
              List<Tensor> gradients = Autodiff.gradients(loss, a, b, c, x);
              x.mul(5).add(7).sin();
              return gradients.stream().map(Tensor::toDoubleArray).toList();
            });
    Tensor a = x.tanh();
    Tensor b = a.add(x);
    Tensor c = b.exp();
    List<Tensor> expected = Autodiff.gradients(c.mul(a).sum(), a, b, c, x);
    for (int i = 0; i < found.size(); i++) {
      assertArrayEquals(expected.get(i).toDoubleArray(), found.get(i));
    }
  }

  @Test
  void higherOrdersInAScope() {
    UnaryOperator<Tensor> f = v -> v.tanh().mul(v).softmax(0).square().sum();
    Tensor x = Tensor.of(0.3, -0.2, 0.9, 1.4, -2);
    double[] expected = Autodiff.hessian(f, x).toDoubleArray();
    assertArrayEquals(expected, Autodiff.tidy(() -> Autodiff.hessian(f, x)).toDoubleArray());
  }

  /** The values along the chain have to fit, and a few gradients. */
  @Test
  void aLongChainNeedsFewArraysForItsGradients() throws Exception {
    int heap = (LongChain.LENGTH + LongChain.LENGTH / 2) * LongChain.MEGABYTES;
    String output = ChildJvm.run(List.of("-Xmx" + heap + "m"), LongChain.class);
    assertTrue(output.contains("slope 1.0"), output);
  }
}
