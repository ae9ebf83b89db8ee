package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What layers do to buffers can be left out, and a forward pass be made again. */
class EffectsTest {
  private static final List<LayerSample<?>> WITH_STATE =
      LayersTest.SAMPLES.stream()
          .filter(sample -> !sample.made(1, true).layer().namedBuffers().isEmpty())
          .toList();

  @TestFactory
  Stream<DynamicTest> aForwardPassIsMadeAgain() {
    return WITH_STATE.stream()
        .map(sample -> dynamicTest(sample.toString(), () -> assertMadeAgain(sample)));
  }

  private static <L extends Layer> void assertMadeAgain(LayerSample<L> sample) {
    LayerSample.Made<L> made = sample.made(1, true);
    List<double[]> before = numbers(made.layer());
    Map<Parameter, Tensor> copies = copies(made.layer());
    double[] first = made.output(sample.inputs()).toDoubleArray();
    assertArrayEquals(first, made.output(sample.inputs()).toDoubleArray());
    assertSame(before, numbers(made.layer()));

    assertArrayEquals(first, made.counted(sample.inputs()).toDoubleArray());
    List<double[]> once = numbers(made.layer());
    Tensor again = Parameter.substitute(copies, () -> made.output(sample.inputs()));
    assertArrayEquals(first, again.toDoubleArray());
    assertSame(once, numbers(made.layer()));
    assertSame(before, copies.values().stream().map(Tensor::toDoubleArray).toList());
  }

  /** So that the test above is one of every layer that counts, and not of none. */
  @Test
  void layersThatDrawOrCountAreAmongThem() {
    Set<Class<?>> types = new LinkedHashSet<>();
    for (LayerSample<?> sample : WITH_STATE) {
      LayerSample.Made<?> made = sample.made(1, true);
      List<double[]> before = numbers(made.layer());
      made.counted(sample.inputs());
      List<double[]> after = numbers(made.layer());
      if (!areSame(before, after)) {
        types.add(sample.type());
      }
    }
    Set<Class<?>> drawOrCount =
        Set.of(
            Dropout.class,
            Dropout2d.class,
            BatchNorm1d.class,
            BatchNorm2d.class,
            MultiheadAttention.class,
            TransformerEncoderLayer.class,
            RNN.class,
            GRU.class,
            LSTM.class);
    assertTrue(types.containsAll(drawOrCount), types::toString);
  }

  /** One layer in two places draws two masks, and counts two batches. */
  @Test
  void whatComesLaterSeesWhatChangedBefore() {
    Dropout shared = new Dropout(0.5, new SplittableRandom(1));
    BatchNorm1d norm = new BatchNorm1d(6, DType.FLOAT64);
    Sequential network = new Sequential(shared, norm, shared, norm);
    Tensor x = LayerSample.normal(10, 6);
    double[] first = Autodiff.withoutEffects(() -> network.forward(x)).toDoubleArray();

    assertArrayEquals(new double[] {0, 0}, counters(shared, norm));
    assertArrayEquals(first, network.forward(x).toDoubleArray());
    double[] once = counters(shared, norm);
    assertEquals(2, once[0]);
    assertFalse(once[1] == 0);
    double[] different = Autodiff.withoutEffects(() -> network.forward(x)).toDoubleArray();
    assertFalse(Arrays.equals(first, different));
    assertArrayEquals(once, counters(shared, norm));
  }

  private static double[] counters(Dropout dropout, BatchNorm1d norm) {
    return new double[] {
      dropout.key().tensor().toDoubleArray()[1], norm.running().mean().tensor().toDoubleArray()[0]
    };
  }

  /** Activations that are computed again at the time of the reverse pass give its bits. */
  @Test
  void gradientsAreThoseOfTheFirstTime() {
    var random = new SplittableRandom(1);
    Layer network =
        new Sequential(
            new Linear(6, 8, random),
            new BatchNorm1d(8),
            new Dropout(0.3, random),
            new TransformerRows(random),
            new Linear(8, 2, random));
    Tensor x = Tensor.normal(random, DType.FLOAT32, 12, 6);
    Map<Parameter, Tensor> before = copies(network);
    Gradients first = network.forward(x).square().sum().backward();
    List<double[]> once = numbers(network);
    Gradients again =
        Parameter.substitute(
            before,
            () -> Autodiff.withoutEffects(() -> network.forward(x).square().sum().backward()));

    for (Parameter parameter : network.parameters()) {
      assertArrayEquals(
          first.of(parameter).toFloatArray(), again.of(parameter).toFloatArray(), parameter.name());
    }
    assertSame(once, numbers(network));
  }

  /** The counter advances and the statistics move as in the first run. */
  @Test
  void aProgramCountsAsItsFirstRunDid() {
    Dropout shared = new Dropout(0.5, new SplittableRandom(1));
    BatchNorm1d norm = new BatchNorm1d(6, DType.FLOAT64);
    Sequential network = new Sequential(shared, norm, shared);
    Tensor x = LayerSample.normal(10, 6);
    Trace trace = Trace.of(() -> network.forward(x), (_, _) -> {});
    List<double[]> again = new ArrayList<>();
    Replay.run(trace, (step, outputs) -> again.addAll(written(step, outputs)));

    assertEquals(3, again.size(), trace::toString);
    assertArrayEquals(new double[] {seed(shared), 1}, again.get(0));
    assertArrayEquals(norm.running().mean().tensor().toDoubleArray(), again.get(1));
    assertArrayEquals(new double[] {seed(shared), 2}, again.get(2));
    assertArrayEquals(new double[] {seed(shared), 2}, shared.key().tensor().toDoubleArray());
  }

  /** What an update gives to its first target. */
  private static List<double[]> written(Trace.Step step, List<Tensor> outputs) {
    return step.phase() == Trace.Phase.UPDATE
        ? List.of(outputs.getFirst().toDoubleArray())
        : List.of();
  }

  private static double seed(Dropout dropout) {
    return dropout.key().tensor().toDoubleArray()[0];
  }

  /** An encoder layer of rows as one sequence. */
  private record TransformerRows(TransformerEncoderLayer encoder) implements Layer {
    TransformerRows(SplittableRandom random) {
      this(new TransformerEncoderLayer(8, 2, 16, random));
    }

    @Override
    public Tensor forward(Tensor x) {
      return encoder.apply(x.unsqueeze(0)).squeeze(0);
    }

    @Override
    public List<Child> children() {
      return List.of(new Child("encoder", encoder));
    }
  }

  @Test
  void aSummaryLeavesBuffersThatAnEvaluationChanges() {
    Parameter calls = Parameter.buffer("calls", Tensor.of(0.0));
    Layer counting =
        new Layer() {
          @Override
          public Tensor forward(Tensor x) {
            calls.assign(calls.tensor().add(1));
            return x;
          }

          @Override
          public List<Parameter> ownBuffers() {
            return List.of(calls);
          }
        };
    assertNotNull(counting.summary(2, 3));
    assertEquals(0, calls.tensor().item());
  }

  private static Map<Parameter, Tensor> copies(Layer layer) {
    Map<String, Tensor> state = layer.stateDict();
    Map<Parameter, Tensor> copies = new LinkedHashMap<>();
    layer.namedBuffers().forEach((name, buffer) -> copies.put(buffer, of(state, name)));
    return copies;
  }

  private static Tensor of(Map<String, Tensor> state, String name) {
    Tensor tensor = state.get(name);
    assertNotNull(tensor, name);
    return tensor;
  }

  private static List<double[]> numbers(Layer layer) {
    return layer.namedBuffers().values().stream().map(b -> b.tensor().toDoubleArray()).toList();
  }

  private static boolean areSame(List<double[]> expected, List<double[]> actual) {
    return Arrays.deepEquals(expected.toArray(), actual.toArray());
  }

  private static void assertSame(List<double[]> expected, List<double[]> actual) {
    assertArrayEquals(expected.toArray(), actual.toArray());
  }
}
