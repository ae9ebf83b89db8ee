package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private String lastLine() {
    return out.toString().lines().reduce("", (_, line) -> line);
  }

  @Test
  void aloneItListsTheExamples() {
    assertEquals(0, run());
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("  mnist1d     Trains a classifier"), out.toString());
    assertTrue(out.toString().contains("  bench       Compares"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void itNamesWhatSurroundsIt() {
    assertEquals(0, run("--help"));
    for (String text :
        List.of(
            "-Dlanegrad.kernels",
            "-Dlanegrad.vector.bits",
            "-Dlanegrad.threads",
            "-Dlanegrad.warmup",
            "-Dlanegrad.trace",
            "-Dlanegrad.dump",
            "-Xmx",
            "JAVA_HOME",
            "LANEGRAD_JAVA_OPTS",
            "LANEGRAD_NO_INCUBATOR",
            "--version")) {
      assertTrue(out.toString().contains(text), () -> text + " in " + out);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mnist1d -Xmx4g, -Xmx4g mnist1d",
    "mnist1d --steps 3 -Dlanegrad.threads=1, -Dlanegrad.threads=1 mnist1d",
    "digits -ea, -ea digits",
    "digits --add-modules=jdk.jfr, --add-modules=jdk.jfr digits"
  })
  void optionsForTheJvmGetAHint(String given, String hint) {
    assertEquals(2, run(given.split(" ")));
    assertTrue(
        err.toString().contains("run: options for the JVM come before the name: ./run " + hint),
        err::toString);
  }

  @Test
  void pipesAndFoldersInTheWayOfPicturesAreFoundBeforeTheTraining(@TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("filters.png"));
    assertEquals(2, run("digits", "--plot", folder.toString()));
    assertTrue(
        err.toString()
            .startsWith(
                "run: --plot: "
                    + folder.resolve("filters.png")
                    + ": cannot be written: it is a folder"),
        err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void anUnknownNameShowsTheList() {
    assertEquals(2, run("mnist2d"));
    assertTrue(err.toString().startsWith("run: there is no example \"mnist2d\""), err::toString);
    assertTrue(err.toString().contains("  mnist1d     Trains a classifier"), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void anOptionBeforeTheNameShowsTheList() {
    assertEquals(2, run("--json", "mnist1d"));
    assertTrue(
        err.toString().startsWith("run: there is no option --json before the name"), err::toString);
    assertTrue(err.toString().contains("Examples:"), err::toString);
  }

  @Test
  void helpNamesTheOptionsAndTheirDefaults() {
    assertEquals(0, run("mnist1d", "--help"));
    for (String text :
        new String[] {
          "--model",
          "linear, mlp, cnn, gru, all",
          "--shuffled",
          "--steps",
          "6000",
          "--seed",
          "42",
          "--lr",
          "0.01",
          "--batch",
          "100",
          "--json"
        }) {
      assertTrue(out.toString().contains(text), text + " in " + out);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --stepz 3    | Unknown options: '--stepz', '3'
          --model rnn  | --model must be one of [linear, mlp, cnn, gru, all], not "rnn"
          --seeds 0    | --seeds must be at least 1, not 0
          --steps 0    | --steps must be at least 1, not 0
          --steps -5   | --steps must be at least 1, not -5
          --steps many | Invalid value for option '--steps': 'many' is not an int
          --seed x     | Invalid value for option '--seed': 'x' is not a long
          --lr NaN     | --lr must be finite and above 0, not NaN
          --lr -0.1    | --lr must be finite and above 0, not -0.1
          --lr 0       | --lr must be finite and above 0, not 0.0
          --lr Infinity | --lr must be finite and above 0, not Infinity
          --batch 0    | --batch must be from 1 to 4000
          --batch 4001 | --batch must be from 1 to 4000
          --steps      | Missing required parameter for option '--steps'
          twice        | 'twice'
          """)
  void mistakesShowTheOptions(String options, String message) {
    String[] arguments = ("mnist1d " + options).split(" ");

    assertEquals(2, run(arguments));
    assertTrue(err.toString().contains(message), err::toString);
    assertTrue(err.toString().contains("Usage: run mnist1d"), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void theLastLineIsJsonWhereAskedFor() {
    assertEquals(0, run("mnist1d", "--model", "linear", "--steps", "3", "--seed", "-7", "--json"));
    String expected =
        "\\{\"example\":\"mnist1d\",\"model\":\"linear\",\"shuffled\":false,"
            + "\"steps\":3,\"seed\":-7,\"parameters\":410,"
            + "\"train_accuracy\":0\\.\\d+,\"test_accuracy\":0\\.\\d+,"
            + "\"seconds\":\\d+\\.\\d{3},\"kernels\":\"(vector|scalar)\",\"lanes\":\\d+,"
            + "\"weights\":\"[0-9a-f]{64}\"}";
    assertTrue(lastLine().matches(expected), lastLine());
  }

  @Test
  void theLastLineIsASentenceElse() {
    assertEquals(0, run("mnist1d", "--steps", "2", "--batch", "4000"));
    assertTrue(
        lastLine().matches("test accuracy \\d+\\.\\d\\d % after \\d+\\.\\d\\d s"), lastLine());
  }

  @Test
  void allModelsEndInATableAndAnArray() {
    assertEquals(0, run("mnist1d --model ALL --shuffled --steps 1 --json".split(" ", -1)));
    String text = out.toString();
    assertTrue(text.contains("MNIST-1D shuffled, model gru: 1 steps"), text);
    for (String row : List.of("linear          410", "mlp       15,210", "cnn", "gru")) {
      assertTrue(text.lines().anyMatch(line -> line.strip().startsWith(row)), text);
    }
    assertTrue(lastLine().startsWith("[{") && lastLine().endsWith("}]"), lastLine());
    List<String> objects = List.of(lastLine().split("(?<=\\}),", -1));
    assertEquals(4, objects.size(), lastLine());
    String second = "\"model\":\"mlp\",\"shuffled\":true,\"steps\":1,\"seed\":42,";
    assertTrue(objects.get(1).contains(second), objects.get(1));
    assertTrue(objects.get(3).contains("\"parameters\":5134,"), objects.get(3));
  }

  @Test
  void severalSeedsGiveTheirMean() {
    String options = "mnist1d --model linear --steps 1 --seed 5 --seeds 2 --json";
    assertEquals(0, run(options.split(" ", -1)));
    Matcher runs =
        Pattern.compile("\"seed\":(\\d).*?_accuracy\":0.*?_accuracy\":(0[.0-9]+)")
            .matcher(lastLine());
    double sum = 0;
    for (String seed : List.of("5", "6")) {
      assertTrue(runs.find(), lastLine());
      assertEquals(seed, runs.group(1));
      sum += Double.parseDouble(runs.group(2));
    }
    String mean = String.format(Locale.ROOT, "%.2f %%", 100 * sum / 2);
    assertTrue(out.toString().contains("linear          410              " + mean), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          digits --epochs 0         | --epochs must be at least 1, not 0
          digits --batch 0          | --batch must be at least 1, not 0
          digits --lr 0             | --lr must be finite and above 0, not 0.0
          digits --model gru        | expected one of [MLP, CNN]
          digits --plot pom.xml     | --plot: the folder pom.xml cannot be made
          transformer --steps 0     | --steps must be at least 1, not 0
          transformer --length 0    | --length must be at least 1, not 0
          transformer --batch 0     | --batch must be at least 1, not 0
          transformer --lr NaN      | --lr must be finite and above 0, not NaN
          transformer --task copy   | expected one of [SORT, REVERSE]
          """)
  void mistakesOfTheOthersShowTheirOptions(String command, String message) {
    assertEquals(2, run(command.split(" ")));
    assertTrue(err.toString().contains(message), err::toString);
    assertTrue(
        err.toString().contains("Usage: run " + command.substring(0, command.indexOf(" "))),
        err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void filesThatAreMissingAreASentence() {
    assertEquals(1, run("digits", "--data", "src"));
    assertEquals(
        "run: src: holds neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz",
        err.toString().strip());
  }

  @Test
  void theTransformerShowsAnExample() {
    assertEquals(0, run("transformer", "--steps", "2", "--length", "3", "--json"));
    String numbers = "\\[\\d, \\d, \\d]";
    assertTrue(
        out.toString().lines().anyMatch(l -> l.matches(numbers + " becomes " + numbers)),
        out.toString());
    String expected =
        "\\{\"example\":\"transformer\",\"task\":\"sort\",\"length\":3,\"steps\":2,"
            + "\"seed\":42,\"parameters\":\\d+,\"digits\":0\\.\\d+,\"sequences\":0\\.\\d+,"
            + "\"seconds\":\\d+\\.\\d{3},\"kernels\":\"(vector|scalar)\",\"lanes\":\\d+,"
            + "\"weights\":\"[0-9a-f]{64}\"}";
    assertTrue(lastLine().matches(expected), lastLine());
  }
}
