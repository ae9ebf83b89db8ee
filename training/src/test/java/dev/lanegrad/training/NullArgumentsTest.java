package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.optim.Averaging;
import dev.lanegrad.optim.LBFGS;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.schedule.ConstantLR;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.NullCalls;
import dev.lanegrad.training.data.CsvTable;
import dev.lanegrad.training.data.Mnist1d;
import dev.lanegrad.training.files.AtomicFile;
import dev.lanegrad.training.files.ElementType;
import dev.lanegrad.training.files.Event;
import dev.lanegrad.training.files.EventWriter;
import dev.lanegrad.training.files.Histogram;
import dev.lanegrad.training.files.NpyHeader;
import dev.lanegrad.training.files.Npz;
import dev.lanegrad.training.files.Safetensors;
import dev.lanegrad.training.log.CsvLog;
import dev.lanegrad.training.log.JsonLinesLog;
import dev.lanegrad.training.log.ProgressDisplay;
import dev.lanegrad.training.log.TensorBoardLog;
import dev.lanegrad.training.metric.ConfusionMatrix;
import dev.lanegrad.training.metric.MeanOf;
import dev.lanegrad.training.metric.Metric;
import dev.lanegrad.training.metric.RMSE;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An argument that is null is refused by its name before anything is changed. */
class NullArgumentsTest {
  /** What only this library makes: results, and what it reads. */
  private static final Set<Class<?>> MADE_INSIDE =
      Set.of(
          TrainerState.class,
          History.class,
          Evaluation.class,
          LearningRateFinder.Sweep.class,
          NpyHeader.class,
          Histogram.class,
          Event.class,
          Event.FileVersion.class,
          Event.Summary.class,
          Event.Value.class,
          Event.Text.class);

  /** Made by the language, by this library alone, or called by a trainer alone. */
  private static boolean isLeftOut(Executable executable) {
    Class<?> type = executable.getDeclaringClass();
    boolean isMade = executable instanceof Constructor && MADE_INSIDE.contains(type);
    boolean isTold =
        Callback.class.isAssignableFrom(type) && executable.getName().matches("on[A-Z].*");
    return isMade
        || isTold
        || Throwable.class.isAssignableFrom(type)
        || executable.getName().equals("valueOf");
  }

  @TempDir private Path folder;

  private Npz npz() {
    Path file = folder.resolve("a.npz");
    Npz.write(Map.of("a", Tensor.of(1.0)), file);
    return Npz.read(file);
  }

  private Safetensors safetensors() {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(Map.of("a", Tensor.of(1.0)), file);
    return Safetensors.read(file);
  }

  private List<Object> examples() {
    Tensor x = Tensor.of(new double[][] {{0.5}});
    Dataset data = new Dataset(x, Tensor.ofInts(0));
    Transform transform = (inputs, random) -> inputs;
    Batches.Maker<Batch> maker = (epoch, number) -> new Batch(x, x);
    Linear layer = new Linear(1, 1, new SplittableRandom(1));
    Optimizer optimizer = new Optimizer(layer.parameters(), new SGD(0.1));
    Function<Batch, Tensor> loss = batch -> layer.forward(batch.x()).sum();
    BinaryOperator<Tensor> lossOfTwo = (output, target) -> output.sum();
    ToDoubleFunction<Batch> byHand = batch -> 0;
    Supplier<Tensor> supplier = () -> x;
    Step<Batch> step = batch -> Outcome.of(loss.apply(batch));
    Metric metric = new RMSE();
    Trainer<Batch> trainer = new Trainer<>(layer, optimizer, loss);
    AtomicFile.Content content = out -> {};
    return Arrays.asList(
        x,
        data,
        transform,
        "a",
        folder.resolve("none"),
        new Batch(x, x),
        new DataLoader(data, 1),
        new CsvTable("a", List.of("a"), List.of()),
        Mnist1d.make(),
        DType.FLOAT32,
        1L,
        Parameter.of("weight", x),
        maker,
        layer,
        optimizer,
        loss,
        lossOfTwo,
        byHand,
        supplier,
        step,
        content,
        new byte[1],
        System.out,
        new ConfusionMatrix(),
        new MeanOf("a", lossOfTwo),
        new CsvLog(folder.resolve("a.csv")),
        new JsonLinesLog(folder.resolve("a.jsonl")),
        new ProgressDisplay(),
        new LBFGS(layer.parameters()),
        Averaging.equal(),
        trainer,
        new TrainerState(0, 0, 1, 0, 1, 0, 0, trainer),
        Limit.steps(1),
        metric,
        metric.start(),
        new ConstantLR(),
        new ReduceLROnPlateau(),
        new EarlyStopping("loss"),
        new LearningRateFinder(),
        new TensorBoardLog(folder),
        EventWriter.open(folder),
        npz(),
        safetensors(),
        new Checkpoints(folder),
        Duration.ofSeconds(1),
        new History(new LinkedHashMap<>(), 1, 1, 1, "a"),
        new Evaluation(1, new LinkedHashMap<>(), new LinkedHashMap<>()),
        List.of(optimizer),
        ElementType.F32,
        Map.of(),
        new SplittableRandom(1));
  }

  @Test
  void everyArgumentThatIsNullIsNamed() throws Exception {
    NullCalls calls = new NullCalls(examples(), NullArgumentsTest::isLeftOut);
    assertEquals("", String.join("\n", calls.faults(ExportedClasses.all(Dataset.class))));
    assertTrue(calls.count() > 20, () -> calls.count() + " calls");
  }
}
