package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
  }

  private String lastLine() {
    return out.toString().lines().reduce("", (_, line) -> line);
  }

  @Test
  void aloneItListsTheExamples() {
    assertEquals(0, run());
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("  mnist1d    Trains a classifier"), out.toString());
    assertTrue(out.toString().contains("  bench      Compares"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void anUnknownNameShowsTheList() {
    assertEquals(2, run("mnist2d"));
    assertTrue(err.toString().startsWith("run: there is no example \"mnist2d\""), err::toString);
    assertTrue(err.toString().contains("  mnist1d    Trains a classifier"), err::toString);
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
          "linear, mlp",
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
          --model cnn  | expected one of [LINEAR, MLP]
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
        "\\{\"example\":\"mnist1d\",\"model\":\"linear\",\"steps\":3,\"seed\":-7,"
            + "\"parameters\":410,\"train_accuracy\":0\\.\\d+,\"test_accuracy\":0\\.\\d+,"
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
}
