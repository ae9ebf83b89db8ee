package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The graph keeps what reverse rules read, and nothing else. */
class SavedTest {
  private static final int SAMPLES = 5;
  private static final List<String> TABLE = new ArrayList<>();

  @AfterAll
  static void report() {
    System.out.printf("%nWhat operations keep:%n%s%n", String.join("\n", TABLE));
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfAGraphThatKeepsAll() {
    return OpCases.ALL.stream().map(row -> dynamicTest(row.toString(), () -> check(row)));
  }

  private static void check(OpRow row) {
    boolean isFirst = true;
    for (int number = 0; number < SAMPLES; number++) {
      for (Function<Draw, Sample> sampler : row.samplers()) {
        Sample sample = sampler.apply(new Draw(number));
        if (isFirst) {
          TABLE.add(line(row, sample));
          isFirst = false;
        }
        if (sample.smooth() != Smooth.NOT) {
          assertSame(sample);
        }
      }
    }
  }

  /** Of inputs that are no leaves, so that nothing keeps them but the operation. */
  private static void assertSame(Sample sample) {
    List<Tensor> expected =
        Autodiff.detectAnomaly(() -> gradients(sample.op(), sample.inputs(), t -> t.mul(1)));
    List<Tensor> actual = gradients(sample.op(), sample.inputs(), t -> t.mul(1));
    assertEquals(expected.size(), actual.size(), sample::toString);
    for (int k = 0; k < actual.size(); k++) {
      Bits.assertSame(
          expected.get(k).toDoubleArray(), actual.get(k).toDoubleArray(), sample.toString());
    }
  }

  /** Of the sum of squares of all outputs, and then of the squares of these gradients. */
  private static List<Tensor> gradients(
      Op op, List<Tensor> inputs, UnaryOperator<Tensor> intermediate) {
    List<Tensor> leaves =
        inputs.stream().map(t -> t.dtype().isFloating() ? t.requiresGrad() : t).toList();
    List<Tensor> read =
        leaves.stream().map(t -> t.isTracked() ? intermediate.apply(t) : t).toList();
    Tensor sum = null;
    for (Tensor output : op.apply(read)) {
      if (output.isTracked()) {
        Tensor square = output.square().sum();
        sum = sum == null ? square : sum.add(square);
      }
    }
    if (sum == null) {
      return List.of();
    }
    Gradients gradients = sum.backward();
    return leaves.stream().filter(gradients::contains).map(gradients::of).toList();
  }

  private static String line(OpRow row, Sample sample) {
    return String.format(
        Locale.ROOT, "  %-22s %s", row, sample.op().saved(new AllNeeded(sample)).toString());
  }

  /** Types, where all inputs of numbers need a gradient. */
  private record AllNeeded(Sample sample) implements Call {
    @Override
    public int inputs() {
      return sample.inputs().size();
    }

    @Override
    public int outputs() {
      throw new AssertionError("outputs");
    }

    @Override
    public Tensor input(int i) {
      throw new AssertionError("numbers of input " + i);
    }

    @Override
    public TensorType inputType(int i) {
      return sample.inputs().get(i).type();
    }

    @Override
    public Tensor output(int k) {
      throw new AssertionError("numbers of output " + k);
    }

    @Override
    public TensorType type(int k) {
      return sample.op().infer(sample.inputs().stream().map(Tensor::type).toList()).get(k);
    }

    @Override
    public boolean needsGradient(int i) {
      return sample.inputs().get(i).dtype().isFloating();
    }
  }

  @Test
  void whatMovesOrAddsKeepsNothing() {
    List<UnaryOperator<Tensor>> functions =
        List.of(
            x -> x.add(x),
            x -> x.sub(3),
            x -> x.neg(),
            x -> x.sum(0),
            x -> x.mean(1),
            x -> x.reshape(6),
            x -> x.permute(1, 0),
            x -> x.slice(0, 0, 1),
            x -> x.expand(Shape.of(2, 2, 3)),
            x -> Tensor.concat(0, List.of(x, x)),
            x -> x.cast(DType.FLOAT32));
    for (UnaryOperator<Tensor> function : functions) {
      Tensor x = Tensor.ones(DType.FLOAT64, 2, 3).requiresGrad().sin();
      long before = Autodiff.keptBytes(x);
      assertEquals(before, Autodiff.keptBytes(function.apply(x)), () -> function.apply(x) + "");
    }
  }

  @Test
  void aScalingKeepsTheNumberAlone() {
    Tensor x = Tensor.ones(DType.FLOAT64, 64).requiresGrad().add(1);
    assertEquals(Autodiff.keptBytes(x) + 8, Autodiff.keptBytes(x.mul(2)));
  }

  @Test
  void whatIsReadIsKeptOnce() {
    Tensor x = Tensor.ones(DType.FLOAT64, 64).requiresGrad();
    Tensor y = x.add(1);
    long one = Autodiff.keptBytes(y.exp()); // the result alone
    assertTrue(one >= 64 * 8 && one < 2 * 64 * 8, () -> one + " bytes");
    assertEquals(one, Autodiff.keptBytes(y.sin()));
    assertEquals(one, Autodiff.keptBytes(y.relu()));
    assertEquals(one, Autodiff.keptBytes(y.mul(y)));
    assertEquals(one, Autodiff.keptBytes(y.mul(Tensor.ones(DType.FLOAT64, 64))));
  }

  /** Reads its input in the reverse rule without saying so. */
  private record Silent() implements Op {
    @Override
    public String name() {
      return "silent";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return inputs;
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0).square());
    }

    @Override
    public Saved saved(Call call) {
      return Saved.NOTHING;
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      Tensor gradient = gradients.getFirst();
      return Gradient.of(gradient == null ? null : gradient.mul(call.input(0)).mul(2));
    }
  }

  @Test
  void anOperationThatReadsMoreThanItSaysIsRefused() {
    Tensor x = Tensor.ones(DType.FLOAT64, 2).requiresGrad().add(1);
    Tensor y = new Silent().applyTo(x).sum();
    GradientException error = assertThrows(GradientException.class, y::backward);
    assertTrue(error.getMessage().contains("Op.saved does not name"), error::getMessage);
  }
}
