package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.AnomalyException;
import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.NoNumbersException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ReleasedException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.StructureException;
import dev.lanegrad.autodiff.SubstitutionException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.check.GradientCheckException;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.StateDictException;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.PlotException;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.CheckpointException;
import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.NonFiniteException;
import dev.lanegrad.training.Outcome;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.CsvTable;
import dev.lanegrad.training.files.ConversionException;
import dev.lanegrad.training.files.FormatException;
import dev.lanegrad.training.files.Npy;
import dev.lanegrad.training.files.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What leads to each exception of the page about troubles. */
final class TroubleSample {
  /** Something that throws an exception of one kind; it may write into a folder. */
  record Trouble(Class<? extends LanegradException> exception, Cause cause) {}

  /** What is done to be refused. */
  @FunctionalInterface
  interface Cause {
    void run(Path folder) throws IOException;
  }

  static final List<Trouble> ALL =
      List.of(
          new Trouble(ShapeException.class, _ -> product()),
          new Trouble(ShapeException.class, _ -> broadcast()),
          new Trouble(DTypeException.class, _ -> labels()),
          new Trouble(GradientException.class, _ -> notScalar()),
          new Trouble(GradientException.class, _ -> untracked()),
          new Trouble(GradientException.class, _ -> updated()),
          new Trouble(ReleasedException.class, _ -> released()),
          new Trouble(NoNumbersException.class, _ -> noNumbers()),
          new Trouble(SubstitutionException.class, _ -> substituted()),
          new Trouble(StructureException.class, _ -> structure()),
          new Trouble(AnomalyException.class, _ -> anomaly()),
          new Trouble(LinearAlgebraException.class, _ -> singular()),
          new Trouble(GradientCheckException.class, _ -> check()),
          new Trouble(StateDictException.class, _ -> state()),
          new Trouble(DataException.class, TroubleSample::table),
          new Trouble(FormatException.class, TroubleSample::cut),
          new Trouble(ConversionException.class, TroubleSample::conversion),
          new Trouble(CheckpointException.class, TroubleSample::checkpoint),
          new Trouble(NonFiniteException.class, _ -> nonFinite()),
          new Trouble(PlotException.class, _ -> plot()));

  private static final Dataset TWO =
      new Dataset(Tensor.of(new float[][] {{1}, {2}}), Tensor.of(new float[][] {{1}, {2}}));

  private TroubleSample() {}

  private static void product() {
    Tensor x = Tensor.zeros(DType.FLOAT32, 32, 10);
    Tensor w = Tensor.zeros(DType.FLOAT32, 12, 4);
    x.matmul(w);
  }

  private static void broadcast() {
    Tensor.zeros(DType.FLOAT32, 2, 3).add(Tensor.zeros(DType.FLOAT32, 2));
  }

  private static void labels() {
    Tensor scores = Tensor.zeros(DType.FLOAT32, 2, 3);
    Losses.crossEntropy(scores, Tensor.of(0f, 2f));
  }

  private static void notScalar() {
    Tensor w = Tensor.of(1.0, 2.0).requiresGrad();
    w.square().backward();
  }

  private static void untracked() {
    Tensor w = Tensor.of(1.0, 2.0); // requiresGrad() is missing
    w.square().sum().backward();
  }

  private static void updated() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    Tensor loss = w.tensor().square().sum();
    w.assign(Tensor.of(3.0, 4.0)); // as an optimizer's step does
    loss.backward();
  }

  private static void released() {
    Tensor[] kept = new Tensor[1];
    Autodiff.tidy(
        () -> {
          kept[0] = Tensor.of(1.0, 2.0).exp();
        });
    kept[0].sum();
  }

  private static void noNumbers() {
    Tensor.meta(DType.FLOAT32, 2, 3).exp().toFloatArray();
  }

  private static void substituted() {
    Parameter w = Parameter.of("w", Tensor.of(1.0));
    Parameter.substitute(
        Map.of(w, Tensor.of(2.0)),
        () -> {
          w.assign(Tensor.of(3.0));
          return w;
        });
  }

  private static void structure() {
    Map<Tensor, String> names = Map.of(Tensor.of(1.0), "slope");
    Autodiff.grad(map -> map.keySet().iterator().next().sum(), names);
  }

  private static void anomaly() {
    Tensor x = Tensor.of(-1.0).requiresGrad();
    Autodiff.detectAnomaly(() -> x.log().square().sum().backward());
  }

  private static void singular() {
    LinearAlgebra.inverse(Tensor.of(new double[][] {{1, 2}, {2, 4}}));
  }

  private static void check() {
    GradientCheck.of((Tensor v) -> v.mul(v.detach()).sum()).verify(Tensor.of(1.0));
  }

  private static void state() {
    var layer = new Linear(4, 3, new SplittableRandom(1));
    layer.loadStateDict(Map.of("weight", Tensor.zeros(DType.FLOAT32, 3, 5)));
  }

  private static void table(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("iris.csv"), "length,species\n5.1,setosa\n");
    CsvTable.read(file).classification("kind");
  }

  private static void cut(Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(Map.of("weight", Tensor.ones(DType.FLOAT32, 100)), file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
    Safetensors.read(file);
  }

  private static void conversion(Path folder) throws IOException {
    // What numpy.save("large.npy", numpy.array([3_000_000_000])) writes.
    String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }";
    String padded = header + " ".repeat(128 - 10 - 1 - header.length()) + "\n";
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    bytes.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[] {0, 0x5e, (byte) 0xd0, (byte) 0xb2, 0, 0, 0, 0});
    Path file = folder.resolve("large.npy");
    Files.write(file, bytes.toByteArray());
    Npy.read(file);
  }

  private static void checkpoint(Path folder) {
    train(folder, 2);
    train(folder, 4);
  }

  /** Without resume(). */
  private static void train(Path folder, int steps) {
    var model = new Linear(1, 1, new SplittableRandom(1));
    var optimizer = new Optimizer(model.parameters(), new SGD(0.1));
    Trainer.supervised(model, optimizer, Losses::meanSquaredError)
        .checkpoints(new Checkpoints(folder.resolve("checkpoints")))
        .fit(new DataLoader(TWO, 2), Limit.steps(steps));
  }

  private static void nonFinite() {
    Parameter w = Parameter.of("w", Tensor.of(0.0));
    var optimizer = new Optimizer(List.of(w), new SGD(0.1));
    Trainer.of(x -> x, List.of(optimizer), (Batch batch) -> Outcome.of(w.tensor().log().sum()))
        .fit(new DataLoader(TWO, 2), Limit.steps(1));
  }

  private static void plot() {
    Curves.of("Training").save(Path.of("loss.png"));
  }

  /** The message, with the names of files but not of their folder. */
  static String messageOf(Trouble trouble) {
    StringBuilder message = new StringBuilder();
    TrainerSample.inFolder(
        folder -> {
          try {
            trouble.cause().run(folder);
          } catch (LanegradException e) {
            if (e.getClass() == trouble.exception()) {
              message.append(e.getMessage().replace(folder + "/", ""));
            } else {
              throw e;
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return message.toString();
  }
}
