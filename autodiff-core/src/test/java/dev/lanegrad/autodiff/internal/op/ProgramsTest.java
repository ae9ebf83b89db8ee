package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.graph.Trace;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Update;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every operation and its reverse rule run is a program that can be run again. */
class ProgramsTest {
  private static final int SAMPLES = 4;

  @TestFactory
  Stream<DynamicTest> stepsGiveTheirBitsAgain() {
    return OpCases.ALL.stream()
        .map(row -> dynamicTest(row.toString(), () -> samples(row).forEach(ProgramsTest::check)));
  }

  private static List<Sample> samples(OpRow row) {
    List<Sample> samples = new ArrayList<>();
    for (int number = 0; number < SAMPLES; number++) {
      for (Function<Draw, Sample> sampler : row.samplers()) {
        samples.add(sampler.apply(new Draw(number)));
      }
    }
    return samples;
  }

  private static void check(Sample sample) {
    List<Integer> eager = new ArrayList<>();
    List<Tensor> outputs = new ArrayList<>();
    Autodiff.tidy(
        () -> {
          Trace trace =
              Trace.of(() -> outputs.addAll(run(sample)), (_, made) -> eager.addAll(hashes(made)));
          List<Integer> again = new ArrayList<>();
          Replay.run(trace, (_, made) -> again.addAll(hashes(made)));
          assertEquals(eager, again, () -> sample + "\n" + trace);
          for (Tensor output : outputs) {
            Storage storage = TensorAccess.get().storage(output);
            assertTrue(
                output.size() == 0 || trace.knows(storage) || isInput(storage, sample),
                () -> sample + " has an output that no step writes\n" + trace);
          }
        });
  }

  private static boolean isInput(Storage storage, Sample sample) {
    return sample.inputs().stream().anyMatch(i -> TensorAccess.get().storage(i) == storage);
  }

  private static List<Tensor> run(Sample sample) {
    List<Tensor> leaves =
        sample.inputs().stream().map(t -> t.dtype().isFloating() ? t.requiresGrad() : t).toList();
    List<Tensor> outputs = sample.op().apply(leaves);
    if (sample.smooth() != Smooth.NOT) {
      outputs.getFirst().sum().backward();
    }
    return outputs;
  }

  private static Trace trace(Runnable action) {
    return Trace.of(action, (_, _) -> {});
  }

  private static List<String> steps(Runnable action) {
    return trace(action).steps().stream().map(Trace.Step::toString).toList();
  }

  @Test
  void aCompositionIsListedOnceAboveItsParts() {
    Tensor x = Tensor.of(1f, 2);
    String program = trace(() -> x.logSoftmax(0)).toString();
    assertEquals(
        """
        inputs
          b0 float32 x 2
        forward
          logSoftmax:
            b1[1] = max(b0[2])
            b2[1] = sum(b0[2], b1[1])
            b3[2] = elementwise[sub(sub(x0, x1), log(x2))](b0[2], b1[1], b2[1])
        """,
        program);
  }

  @Test
  void viewsAreNoStepsButACopyIs() {
    Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
    assertEquals(
        List.of(),
        steps(
            () ->
                x.reshape(4)
                    .slice(0, 1, 3)
                    .select(0, 0)
                    .reshape(1, 1)
                    .squeeze(0)
                    .unsqueeze(0)
                    .expand(Shape.of(2, 2))));
    assertEquals(
        List.of("b1[2, 2] = copy(b0[2, 2] by [1, 2])"), steps(() -> x.transpose().reshape(4)));
    assertEquals(
        List.of("b1[2] = exp(b0[2] by [2] from 1)"), steps(() -> x.transpose().select(0, 1).exp()));
  }

  /** What its input shows and the exponentials of that, by operations. */
  private record WithExponentials() implements Op {
    @Override
    public String name() {
      return "withExponentials";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(inputs.getFirst(), inputs.getFirst());
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0), call.input(0).neg().exp().reciprocal());
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      return Gradient.of((Tensor) null);
    }
  }

  @Test
  void anOperationOfAUserIsOneStep() {
    Tensor x = Tensor.of(1f, 2);
    Trace trace = trace(() -> new WithExponentials().apply(List.of(x)).getLast().sum());
    assertEquals(
        List.of(
            "b1[2] = withExponentials(b0[2]), which runs neg, exp, reciprocal",
            "b2[] = sum(b1[2])"),
        trace.steps().stream().map(Trace.Step::toString).toList());
    List<double[]> written = new ArrayList<>();
    Replay.run(trace, (_, made) -> made.forEach(tensor -> written.add(tensor.toDoubleArray())));
    assertEquals(Math.E, written.getFirst()[0], 1e-6);
  }

  /** Twice its input. */
  private record Twice(boolean byAnother) implements PrimitiveOp {
    @Override
    public String name() {
      return "twice";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return inputs;
    }

    @Override
    public void compute(Call call, Outputs outputs) {
      Tensor x = call.input(0);
      if (byAnother) {
        outputs.set(0, x.mul(2));
      } else {
        outputs.set(0, Arrays.stream(x.toDoubleArray()).map(number -> 2 * number).toArray());
      }
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      return apply(List.of(Objects.requireNonNull(gradients.getFirst())));
    }
  }

  @Test
  void aPrimitiveOperationOfAUserWritesWhatItIsGiven() {
    Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}}).requiresGrad();
    Tensor y = new Twice(false).applyTo(x.transpose());
    assertArrayEquals(new float[] {2, 6, 4, 8}, y.toFloatArray());
    assertArrayEquals(new float[] {2, 2, 2, 2}, y.sum().backward().of(x).toFloatArray());
    assertEquals(List.of("b1[2, 2] = twice(b0[2, 2])"), steps(() -> new Twice(false).applyTo(x)));
  }

  @Test
  void onlyWhatFitsCanBeWritten() {
    record Wrong(double... values) implements PrimitiveOp {
      @Override
      public String name() {
        return "wrong";
      }

      @Override
      public List<TensorType> infer(List<TensorType> inputs) {
        return inputs;
      }

      @Override
      public void compute(Call call, Outputs outputs) {
        if (values.length == 0) {
          outputs.set(0, call.input(0).sum());
        } else {
          outputs.set(0, values);
        }
      }

      @Override
      public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
        return gradients;
      }
    }

    Tensor x = Tensor.of(1f, 2);
    assertRefused("output 0 is float32[2], not float32[]", () -> new Wrong().applyTo(x));
    assertRefused(
        "output 0 of float32[2] takes 2 elements, 1 were given", () -> new Wrong(1).applyTo(x));
    Tensor indices = Tensor.ofInts(1, 2);
    assertRefused("output 0 is int32[2]", () -> new Wrong(1, 2).applyTo(indices));
  }

  private static void assertRefused(String message, Runnable action) {
    RuntimeException thrown = assertThrows(RuntimeException.class, action::run);
    assertTrue(thrown.getMessage().contains(message), thrown::getMessage);
  }

  @Test
  void aPrimitiveOperationThatRunsAnotherIsRefused() {
    Tensor x = Tensor.of(1f, 2);
    new Twice(true).applyTo(x);
    assertRefused(
        "twice is a primitive operation and runs another, mul",
        () -> trace(() -> new Twice(true).applyTo(x)));
  }

  @Test
  void numbersThatLeadAnotherWayAreRefused() {
    Tensor x = Tensor.of(1f, 2);
    Trace trace = trace(x::mean);
    assertEquals("look(b3[])", trace.steps().getLast().toString());
    Replay.run(trace, (_, _) -> {});
    Arrays.fill((float[]) trace.buffers().getFirst().initial(), Float.MAX_VALUE);
    assertRefused(
        "these numbers lead another way than those of the program: a look at them gave false, not"
            + " true",
        () -> Replay.run(trace, (_, _) -> {}));
  }

  @Test
  void updatesAreStepsThatAreRepeatedElsewhere() {
    Parameter weight = Parameter.of("weight", Tensor.of(1f, 2));
    Formula descend = Formula.input(0).sub(Formula.input(1).mul(Formula.input(2)));
    Update step = new Update(Elementwise.of(descend), List.of(weight));
    Trace trace =
        trace(
            () -> {
              Tensor gradient = weight.tensor().square().sum().backward().of(weight);
              step.apply(gradient, Tensor.scalar(DType.FLOAT32, 0.25));
            });
    assertTrue(trace.toString().contains("b0 float32 x 2 \"weight\""), trace::toString);
    assertEquals(List.of("b0[2]"), texts(trace.steps().getLast().outputs()));
    assertEquals(Trace.Phase.UPDATE, trace.steps().getLast().phase());
    List<Tensor> written = new ArrayList<>();
    Replay.run(trace, (_, made) -> written.addAll(made));
    assertArrayEquals(new float[] {0.5f, 1}, written.getLast().toFloatArray());
    assertArrayEquals(new float[] {0.5f, 1}, weight.tensor().toFloatArray());
    assertEquals(1, weight.version());
  }

  private static List<String> texts(List<Trace.Place> places) {
    return places.stream().map(Trace.Place::toString).toList();
  }

  static List<Integer> hashes(List<Tensor> tensors) {
    return tensors.stream()
        .map(
            tensor ->
                switch (tensor.dtype()) {
                  case FLOAT32 -> Arrays.hashCode(tensor.toFloatArray());
                  case FLOAT64 -> Arrays.hashCode(tensor.toDoubleArray());
                  case INT32 -> Arrays.hashCode(tensor.toIntArray());
                  case BOOL -> Arrays.hashCode(tensor.toBooleanArray());
                })
        .toList();
  }
}
