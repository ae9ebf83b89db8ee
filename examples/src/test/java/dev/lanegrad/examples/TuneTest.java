package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.Mnist1d;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./run tune} shows. */
class TuneTest {
  private static final Pattern TRIAL =
      Pattern.compile(
          "\\{\"trial\":(\\d+),\"hidden\":(\\d+),\"learning_rate\":([.\\d]+),"
              + "\"weight_decay\":([.\\d]+),\"loss\":([.\\d]+),\"accuracy\":([.\\d]+)}");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command) {
    out.getBuffer().setLength(0);
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(command.split(" "));
  }

  private List<MatchResult> trials() {
    return TRIAL.matcher(out.toString()).results().toList();
  }

  @Test
  void theTableIsTheSameAtAnyNumberOfThreads() {
    String command = "tune --trials 5 --steps 40 --seed 3 --json --threads ";
    assertEquals(0, run(command + 1), err::toString);
    String expected = out.toString();
    assertEquals(5, trials().size(), expected);
    MatchResult best =
        trials().stream()
            .max(Comparator.comparingDouble(trial -> Double.parseDouble(trial.group(6))))
            .orElseThrow();
    String line =
        "best: trial %s, %s hidden units, learning rate %s, weight decay %s"
            .formatted(best.group(1), best.group(2), best.group(3), best.group(4));
    assertTrue(expected.contains(line), () -> line + " in " + expected);
    String last = expected.lines().reduce("", (_, next) -> next);
    assertTrue(
        last.matches(
            "\\{\"example\":\"tune\",\"search\":\"random\",\"steps\":40,\"seed\":3,"
                + "\"trials\":\\[.*],"
                + "\"best\":"
                + best.group(1)
                + ",\"test_accuracy\":0\\.\\d+,\"weights\":\"[0-9a-f]{64}\"}"),
        last);
    for (int threads : new int[] {0, 3, 8}) {
      assertEquals(0, run(command + threads), err::toString);
      assertEquals(expected, out.toString());
    }
  }

  @Test
  void theGridHasAllCombinations() {
    assertEquals(0, run("tune --search grid --steps 1 --json"), err::toString);
    assertEquals(27, trials().size());
    assertEquals(
        27,
        new HashSet<>(
                trials().stream().map(t -> List.of(t.group(2), t.group(3), t.group(4))).toList())
            .size());
  }

  @Test
  void choicesCoverTheirRanges() {
    List<HyperParameters> all = HyperParameters.random(500, 1);
    assertEquals(all, HyperParameters.random(500, 1));
    assertEquals(all.subList(0, 9), HyperParameters.random(9, 1));
    assertTrue(!all.equals(HyperParameters.random(500, 2)));
    assertTrue(all.stream().allMatch(h -> h.hidden() >= 10 && h.hidden() <= 250));
    long few = all.stream().filter(h -> h.hidden() < 50).count();
    assertTrue(few > 200 && few < 300, "half of the choices lie below the geometric mean: " + few);
    long slow = all.stream().filter(h -> h.learningRate() < 0.00707).count();
    assertTrue(slow > 200 && slow < 300, "so do half of the rates: " + slow);
  }

  /** L5.2: too few hidden units cannot learn it, and the validation set tells. */
  @Test
  void theValidationSetTellsHowManyHiddenUnitsAreNeeded() {
    Dataset examples = Mnist1d.make().training(DType.FLOAT32);
    Dataset training = examples.slice(0, 3_000);
    Dataset validation = examples.slice(3_000, 4_000);
    double few = accuracy(new HyperParameters(10, 0.01, 0.1), training, validation);
    double many = accuracy(new HyperParameters(100, 0.01, 0.1), training, validation);
    assertTrue(many > few + 0.05, few + " with 10 hidden units, " + many + " with 100");
  }

  private static double accuracy(HyperParameters chosen, Dataset training, Dataset validation) {
    return new Trial(1, chosen, 300, 42).run(training, validation).accuracy();
  }

  @Test
  void aTrialThatDoesNotStayFiniteIsTheWorst() {
    Dataset examples = Mnist1d.make().training(DType.FLOAT32).slice(0, 200);
    HyperParameters tooMuch = new HyperParameters(10, 1e30, 0);
    Trial.Result broken = new Trial(1, tooMuch, 9, 42).run(examples, examples);
    Trial.Result sound =
        new Trial(2, new HyperParameters(10, 0.01, 0), 1, 42).run(examples, examples);
    assertNull(broken.model());
    assertTrue(sound.isBetterThan(broken));
    assertTrue(!broken.isBetterThan(sound));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps 0                  | --steps must be at least 1, not 0
          --trials 0                 | --trials must be at least 1, not 0
          --threads -2               | --threads must be at least 0, not -2
          --search bayes             | expected one of [RANDOM, GRID]
          --search grid --trials 9   | --trials: a grid has its own number; say --search random
          """)
  void mistakesAreSaidBeforeAnyTrial(String options, String message) {
    assertEquals(2, run("tune " + options));
    assertTrue(err.toString().contains(message), err::toString);
    assertEquals("", out.toString());
  }
}
