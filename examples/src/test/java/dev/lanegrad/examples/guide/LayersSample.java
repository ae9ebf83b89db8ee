package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Embedding;
import dev.lanegrad.layers.Fan;
import dev.lanegrad.layers.GRU;
import dev.lanegrad.layers.Gain;
import dev.lanegrad.layers.Initializer;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.MultiheadAttention;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.RecurrentOptions;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.loss.CrossEntropyLoss;
import java.util.List;
import java.util.SplittableRandom;

/** The samples of the page about layers that print. */
@SuppressWarnings("MissingOverride") // the guide shows layers without
final class LayersSample {
  static final List<Runnable> PRINTING =
      List.of(LayersSample::ready, LayersSample::tree, LayersSample::own, LayersSample::ownWeight);

  /** Those of the page that goes on. */
  static final List<Runnable> IN_USE =
      List.of(
          LayersSample::modes,
          LayersSample::withoutEffects,
          LayersSample::frozen,
          LayersSample::sequences,
          LayersSample::losses);

  private LayersSample() {}

  static void ready() {
    var random = new SplittableRandom(1);
    var model = new Sequential(new Linear(4, 8, random), new ReLU(), new Linear(8, 3, random));
    System.out.println(model.summary(32, 4));
  }

  static void tree() {
    var random = new SplittableRandom(1);
    var model = new Sequential(new Linear(4, 8, random), new ReLU(), new Linear(8, 3, random));
    System.out.println(model);
    System.out.println(model.namedParameters().keySet());
  }

  static void own() {
    var model = new Sequential(new LayerSample.Gate(new Linear(4, 4)), new ReLU());
    System.out.println(model.namedParameters().keySet());
  }

  /** Multiplies each feature by a weight. */
  record Scale(Parameter weight) implements Layer {
    Scale(int features) {
      this(Parameter.of("weight", Tensor.ones(DType.FLOAT32, features)));
    }

    public Tensor forward(Tensor x) {
      return x.mul(weight.tensor());
    }

    public List<Parameter> ownParameters() {
      return List.of(weight);
    }
  }

  static void ownWeight() {
    var model = new Sequential(new Scale(3), new Linear(3, 1));
    System.out.println(model.parameterCount() + " numbers in " + model.namedParameters().keySet());
  }

  static void modes() {
    var model = new Sequential(new Dropout(0.5, new SplittableRandom(1)));
    Tensor x = Tensor.ones(DType.FLOAT32, 8);
    System.out.println(model.forward(x));
    model.eval();
    System.out.println(model.forward(x));
  }

  static void withoutEffects() {
    var model = new Sequential(new Dropout(0.5, new SplittableRandom(1)), new BatchNorm1d(4));
    Tensor x = Tensor.normal(new SplittableRandom(2), DType.FLOAT32, 8, 4);
    Tensor first = Autodiff.withoutEffects(() -> model.forward(x));
    Tensor again = model.forward(x); // the same bits, and now it counts
    System.out.println(first.sub(again).norm().item());
  }

  static void frozen() {
    var random = new SplittableRandom(1);
    var body = new Linear(4, 8, random);
    var head = new Linear(8, 3, random);
    Initializer.kaimingUniform(Gain.RELU, Fan.IN).fill(body.weight(), random);
    body.freeze();
    var model = new Sequential(body, new ReLU(), head);
    Tensor x = Tensor.ones(DType.FLOAT32, 1, 4);
    System.out.println(model.forward(x).sum().backward().size() + " of 4 have gradients");
  }

  static void sequences() {
    var random = new SplittableRandom(1);
    var words = new Embedding(100, 16, random);
    Tensor x = words.forward(Tensor.ofInts(3, 14, 15, 92).unsqueeze(0));
    var options = RecurrentOptions.DEFAULTS.withBothDirections().withBatchFirst();
    var gru = new GRU(16, 8, options, random);
    System.out.println(x.shape() + " -> " + gru.forward(x).shape());
    var attention = new MultiheadAttention(16, 4, random).causal();
    System.out.println(x.shape() + " -> " + attention.forward(x).shape());
  }

  static void losses() {
    Tensor logits = Tensor.of(new float[][] {{2, 0, 0}, {0, 0, 3}});
    Tensor labels = Tensor.ofInts(0, 2);
    System.out.println(Losses.crossEntropy(logits, labels).item());
    var smooth = new CrossEntropyLoss().weights(Tensor.of(1f, 1f, 2f)).labelSmoothing(0.1);
    System.out.println(smooth.of(logits, labels).item());
  }
}
