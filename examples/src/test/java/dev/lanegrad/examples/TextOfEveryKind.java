package dev.lanegrad.examples;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.data.CsvTable;
import dev.lanegrad.training.data.Mnist;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Prints what a locale, an encoding or a line separator of the machine must not change. */
final class TextOfEveryKind {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private TextOfEveryKind() {}

  /** Gets a folder for its files. */
  public static void main(String... arguments) throws IOException {
    OUT.println(
        "locale "
            + String.format(Locale.getDefault(), "%,d", 12_345)); // the only line that may differ
    tensors();
    layers();
    files(Path.of(arguments[0]));
    examples();
    OUT.println("end");
  }

  private static void tensors() {
    Tensor x = Tensor.of(new double[][] {{1234567.5, -2e-9}, {Double.NaN, 0.125}});
    OUT.println(x);
    OUT.println(Tensor.arange(DType.INT32, 0, 5_000, 1));
    OUT.println(Arrays.toString(ScalarFunction.values()));
    refused(() -> Tensor.zeros(DType.FLOAT32, 50_000, 50_000));
    refused(() -> x.matmul(Tensor.zeros(DType.FLOAT64, 1_234, 5)));
    refused(() -> x.sum(7));
    refused(() -> GradientCheck.of((Tensor v) -> v.detach().mul(v)).verify(Tensor.of(1.5, 1.0)));
    refused(() -> new Adam(-1e-3));
  }

  private static void layers() {
    var random = new SplittableRandom(1);
    var model =
        new Sequential(new Linear(784, 256, random), new ReLU(), new Linear(256, 10, random));
    OUT.println(model);
    OUT.println(model.summary(1_000, 784));
    refused(() -> model.forward(Tensor.zeros(DType.FLOAT32, 5, 1_234)));
    refused(() -> new Linear(-1, 10));
    refused(() -> model.loadStateDict(new Linear(3, 4_000, random).stateDict()));
  }

  private static void files(Path folder) throws IOException {
    Path csv = Files.writeString(folder.resolve("t.csv"), "weiß,İ\n1.5,é\n-2e3,x\n");
    CsvTable table = CsvTable.read(csv);
    OUT.println(table.columns() + " " + table.rows() + " " + table.numbers(List.of("weiß")));
    refused(() -> table.numbers(List.of("İ")));
    Path idx = Files.write(folder.resolve("idx"), new byte[] {0, 0, 8, 3, 0, 0, 9, 0, 0, 9, 0, 0});
    refused(() -> Mnist.read(idx, idx));
    refused(() -> Shape.of(1 << 20, 1 << 20));
  }

  private static void examples() {
    for (String command :
        List.of(
            "",
            "mnist1d --help",
            "mnist1d --model linear --steps 20 --seeds 2 --json",
            "digits --epochs 0",
            "transformer --model x",
            "mnist1d --batch 4001",
            "optimizers --only sgd newton --problem beale --steps 1234 --json",
            "optimizers --accuracy 2",
            "tune --trials 2 --steps 5 --json")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintWriter writer = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
      int code = Main.run(writer, writer, command.isEmpty() ? new String[0] : command.split(" "));
      writer.flush();
      OUT.println(code + " " + withoutTimes(bytes.toString(StandardCharsets.UTF_8)));
    }
  }

  /** Digits of other scripts stay, for they would be found out. */
  private static String withoutTimes(String text) {
    return text.lines()
        .map(line -> line.replaceAll("\"seconds\":[0-9]+\\.[0-9]{3}", "SECONDS"))
        .map(line -> line.replaceAll("after [0-9]+\\.[0-9]{2} s", "SECONDS"))
        .map(line -> line.replaceAll(" +[0-9]+\\.[0-9]{2}( {3}[0-9. ]+)?$", " SECONDS$1"))
        .filter(line -> !line.matches(" +[0-9]+ +[0-9.]+ SECONDS")) // of those who wait
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static void refused(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | AssertionError e) {
      OUT.println(e.getMessage().toLowerCase(Locale.ROOT));
      return;
    }
    throw new IllegalStateException("nothing was refused");
  }
}
