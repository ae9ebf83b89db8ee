package dev.lanegrad.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.TensorAccess;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.Trace;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.OpRow.Smooth;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
