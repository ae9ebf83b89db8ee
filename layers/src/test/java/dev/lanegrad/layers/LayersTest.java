package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every layer by its samples: values, gradients, saved state. */
class LayersTest {
  static final List<LayerSample<?>> SAMPLES =
      Stream.of(
              ActivationSamples.ALL,
              LinearSamples.ALL,
              ConvolutionSamples.ALL,
              PoolingSamples.ALL,
              NormalizationSamples.ALL,
              RecurrentSamples.ALL,
              AttentionSamples.ALL)
          .flatMap(List::stream)
          .toList();

  @Test
  void everyLayerHasASample() {
    Set<Class<?>> missing = new LinkedHashSet<>(LayerClasses.all());
    assertTrue(missing.contains(Linear.class), missing::toString);
    missing.removeAll(SAMPLES.stream().map(LayerSample::type).toList());
    assertEquals(Set.of(), missing, "layers without a sample");
  }

  @TestFactory
  Stream<DynamicTest> outputsAreThoseOfPlainLoops() {
    return inBothModes(
        made -> {
          Tensor output = made.output(made.inputs());
          double[] expected = made.expected();
          double[] actual = output.toDoubleArray();
          assertEquals(expected.length, actual.length, "elements of " + output.shape());
          for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-12 * Math.max(1, Math.abs(expected[i])));
          }
        });
  }

  /** With respect to floating inputs and all parameters together. */
  @TestFactory
  Stream<DynamicTest> gradientsAgreeWithDifferences() {
    return inBothModes(
        made -> {
          List<Tensor> point = new ArrayList<>(made.inputs());
          List<Parameter> parameters = made.layer().parameters();
          parameters.forEach(parameter -> point.add(parameter.tensor().detach()));
          if (point.stream().noneMatch(tensor -> tensor.dtype().isFloating())) {
            return;
          }
          int inputs = made.inputs().size();
          GradientCheck.ofMany(
                  at -> {
                    Map<Parameter, Tensor> weights = new HashMap<>();
                    for (int i = 0; i < parameters.size(); i++) {
                      weights.put(parameters.get(i), at.get(inputs + i));
                    }
                    return Parameter.substitute(weights, () -> made.output(at.subList(0, inputs)));
                  })
              .order(made.order())
              .verify(point.toArray(Tensor[]::new));
        });
  }

  @TestFactory
  Stream<DynamicTest> aLoadedStateGivesTheSameBits() {
    return SAMPLES.stream()
        .map(sample -> dynamicTest(sample.toString(), () -> assertSavedAndLoaded(sample)));
  }

  private static <L extends Layer> void assertSavedAndLoaded(LayerSample<L> sample) {
    L saved = sample.made(1, true).layer();
    Tensor ignored = sample.run().apply(saved, sample.inputs());
    L loaded = sample.made(2, true).layer();
    loaded.loadStateDict(saved.stateDict());
    for (boolean training : new boolean[] {true, false}) {
      if (!training) {
        saved.eval();
        loaded.eval();
      }
      Tensor first = sample.run().apply(saved, sample.inputs());
      assertEquals(first.shape(), ignored.shape());
      assertArrayEquals(
          first.toDoubleArray(), sample.run().apply(loaded, sample.inputs()).toDoubleArray(), 0);
    }
  }

  @TestFactory
  Stream<DynamicTest> treesAndSummariesNameEveryLayer() {
    return SAMPLES.stream()
        .filter(sample -> sample.inputs().size() == 1)
        .map(
            sample ->
                dynamicTest(
                    sample.toString(),
                    () -> {
                      Layer layer = sample.made(1, true).layer();
                      String type = layer.getClass().getSimpleName();
                      Tensor x = sample.inputs().getFirst();
                      assertTrue(layer.toString().startsWith(type), layer::toString);
                      assertTrue(layer.summary(x).contains(type), () -> layer.summary(x));
                    }));
  }

  /** A layer in a mode, with the sample that it was made from. */
  private record Case<L extends Layer>(LayerSample<L> sample, LayerSample.Made<L> made) {
    List<Tensor> inputs() {
      return sample.inputs();
    }

    int order() {
      return sample.order();
    }

    L layer() {
      return made.layer();
    }

    Tensor output(List<Tensor> inputs) {
      return made.output(inputs);
    }

    double[] expected() {
      return made.expected();
    }
  }

  private static <L extends Layer> Case<L> of(LayerSample<L> sample, boolean training) {
    return new Case<>(sample, sample.made(1, training));
  }

  private static Stream<DynamicTest> inBothModes(Consumer<Case<?>> test) {
    return SAMPLES.stream()
        .flatMap(
            sample -> {
              Layer layer = sample.made(1, true).layer();
              boolean switches = !LayerTree.modes(layer).isEmpty();
              Stream<Boolean> modes = switches ? Stream.of(true, false) : Stream.of(true);
              return modes.map(
                  training ->
                      dynamicTest(
                          sample + (training ? "" : " (evaluated)"),
                          () -> test.accept(of(sample, training))));
            });
  }
}
