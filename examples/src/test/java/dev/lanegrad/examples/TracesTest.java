package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.Trace;
import dev.lanegrad.autodiff.internal.memory.Arena;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.examples.lectures.convolution.Mnist1dModel;
import dev.lanegrad.layers.BatchNorm2d;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GELU;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.MaxPool2d;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.data.Mnist1d;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A step of training is a flat program: it lists all that was written, and gives it again. */
class TracesTest {
  private static final Path FOLDER = Path.of("target", "traces");

  private record Example(String name, Layer model, Tensor x, Tensor labels) {
    static Example ofMnist1d(Mnist1dModel model, int size) {
      Batch batch = Mnist1d.make().training(DType.FLOAT32).batches(size).getFirst();
      return new Example(
          "mnist1d-" + model, model.create(new SplittableRandom(1)), batch.x(), batch.y());
    }

    static Example ofDigits(DigitsModel model) {
      return ofClasses("digits-" + model, model.create(new SplittableRandom(1)), 4, 1, 28, 28);
    }

    static Example ofTransformer() {
      SplittableRandom random = new SplittableRandom(1);
      TransformerTraining training =
          new TransformerTraining(SequenceTask.REVERSE, 5, 1, 1, 0.001, 4);
      Batch batch = training.task().batch(4, 5, random);
      return new Example("transformer", training.model(random), batch.x(), batch.y());
    }

    static Example ofClasses(String name, Layer model, int... dims) {
      SplittableRandom random = new SplittableRandom(2);
      int[] labels = random.ints(dims[0], 0, 2).toArray();
      return new Example(
          name, model, Tensor.normal(random, DType.FLOAT32, dims), Tensor.ofInts(labels));
    }
  }

  private static List<Supplier<Example>> examples() {
    SplittableRandom random = new SplittableRandom(3);
    return List.of(
        () -> Example.ofMnist1d(Mnist1dModel.LINEAR, 8),
        () -> Example.ofMnist1d(Mnist1dModel.MLP, 8),
        () -> Example.ofMnist1d(Mnist1dModel.CNN, 4),
        () -> Example.ofMnist1d(Mnist1dModel.GRU, 2),
        () -> Example.ofDigits(DigitsModel.MLP),
        () -> Example.ofDigits(DigitsModel.CNN),
        Example::ofTransformer,
        () -> Example.ofClasses("row-1", mlp(random, 2, 8, 2), 4, 2),
        () -> Example.ofClasses("rows-3-and-4", mlp(random, 784, 48, 32, 10), 8, 784),
        () ->
            Example.ofClasses(
                "row-6",
                new Sequential(
                    new Conv2d(1, 8, 5, random).padding(2),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Conv2d(8, 16, 5, random).padding(2),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Linear(7 * 7 * 16, 10, random)),
                2,
                1,
                28,
                28),
        () ->
            Example.ofClasses(
                "row-7",
                new Sequential(
                    new Conv2d(3, 32, 3, random).padding(1),
                    new ReLU(),
                    new Conv2d(32, 32, 3, random).padding(1),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Conv2d(32, 64, 3, random).padding(1),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Linear(8 * 8 * 64, 16, random),
                    new ReLU(),
                    new Linear(16, 10, random)),
                1,
                3,
                32,
                32),
        () ->
            Example.ofClasses(
                "block",
                new Sequential(
                    new Residual(
                        new Sequential(
                            new Conv2d(4, 4, 3, random).padding(1),
                            new BatchNorm2d(4),
                            new GELU(),
                            new Conv2d(4, 4, 3, random).padding(1),
                            new BatchNorm2d(4))),
                    new GELU(),
                    new Dropout(0.1, random),
                    new Flatten(),
                    new Linear(4 * 8 * 8, 3, random)),
                4,
                4,
                8,
                8));
  }

  private static Layer mlp(SplittableRandom random, int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(new Linear(widths[i - 1], widths[i], random));
      if (i < widths.length - 1) {
        layers.add(new ReLU());
      }
    }
    return new Sequential(layers);
  }

  @TestFactory
  Stream<DynamicTest> stepsOfTrainingGiveTheirBitsAgain() {
    return examples().stream()
        .map(Supplier::get)
        .map(example -> dynamicTest(example.name, () -> check(example)));
  }

  private static void check(Example example) throws Exception {
    Optimizer optimizer = new Optimizer(example.model.parameters(), new Adam(0.01));
    Runnable step =
        () ->
            optimizer.step(
                Losses.crossEntropy(example.model.forward(example.x), example.labels).backward());
    Autodiff.tidy(step);
    Trace trace = Autodiff.tidy(() -> traced(step));
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve(example.name + ".txt"), trace.toString());
  }

  private static Trace traced(Runnable step) {
    Arena arena = Arena.current();
    Account account = new Account(arena);
    Trace trace = Trace.of(step, account);
    assertEquals(List.of(), account.others(trace), "what was written and is in no step");
    Hashes again = new Hashes();
    Replay.run(trace, again);
    assertEquals(account.hashes, again.hashes);
    return trace;
  }

  /** What each step wrote. */
  private static class Hashes implements Trace.Watcher {
    final List<Integer> hashes = new ArrayList<>();

    @Override
    public void ran(Trace.Step step, List<Tensor> outputs) {
      for (Tensor output : outputs) {
        hashes.add(
            switch (output.dtype()) {
              case FLOAT32 -> Arrays.hashCode(output.toFloatArray());
              case FLOAT64 -> Arrays.hashCode(output.toDoubleArray());
              case INT32 -> Arrays.hashCode(output.toIntArray());
              case BOOL -> Arrays.hashCode(output.toBooleanArray());
            });
      }
    }
  }

  /** And which storages the scope made inside of steps, and which between them. */
  private static final class Account extends Hashes {
    private final Arena arena;
    private final Set<Storage> inside = Collections.newSetFromMap(new IdentityHashMap<>());
    private int begin;

    Account(Arena arena) {
      this.arena = arena;
    }

    @Override
    public void begins() {
      begin = arena.made();
    }

    @Override
    public void ran(Trace.Step step, List<Tensor> outputs) {
      for (int i = begin; i < arena.made(); i++) {
        inside.add(arena.made(i));
      }
      super.ran(step, outputs);
    }

    List<Storage> others(Trace trace) {
      List<Storage> others = new ArrayList<>();
      for (int i = 0; i < arena.made(); i++) {
        if (!inside.contains(arena.made(i)) && !trace.knows(arena.made(i))) {
          others.add(arena.made(i));
        }
      }
      return others;
    }
  }
}
