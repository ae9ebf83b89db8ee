package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.files.EventFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that all trainings share. */
class TrainingOptionsTest {
  private static final String LINEAR = "mnist1d --model linear --json";
  private static final Pattern WEIGHTS = Pattern.compile("\"weights\":\"([0-9a-f]{64})\"");

  @TempDir private Path folder;

  /** What a command prints. */
  private static String run(String command, Object... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> words =
        Stream.concat(Stream.of(command.split(" ")), Stream.of(more).map(Object::toString))
            .toList();
    int code =
        Main.commandLine(new PrintWriter(out), new PrintWriter(err))
            .execute(words.toArray(String[]::new));
    assertEquals(0, code, err::toString);
    return out.toString();
  }

  private static String weights(String output) {
    Matcher matcher = WEIGHTS.matcher(output);
    assertTrue(matcher.find(), output);
    return matcher.group(1);
  }

  /** Half of the steps, then on from the checkpoint: the weights of one go, to the last bit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist1d --model linear --json --steps 40/20",
        "transformer --length 4 --batch 8 --json --steps 24/24"
      })
  void aTrainingGoesOnFromItsCheckpoint(String command) {
    String whole = command.replaceFirst("/\\d+", "");
    String half = command.replaceFirst("\\d+/", "");
    String expected = weights(run(whole));
    run(half, "--checkpoint", folder);
    assertEquals(expected, weights(run(whole, "--checkpoint", folder, "--resume")));
    assertEquals(expected, weights(run(whole, "--checkpoint", folder, "--resume")));
  }

  @Test
  void severalTrainingsHaveFoldersOfTheirOwn() throws IOException {
    run("mnist1d --model linear --steps 3 --seeds 2 --checkpoint", folder, "--tensorboard", folder);
    for (String name : List.of("linear-42", "linear-43")) {
      assertEquals(1, new Checkpoints(folder.resolve(name)).list().size(), name);
      try (Stream<Path> files = Files.list(folder.resolve(name).resolve("train"))) {
        assertTrue(EventFile.read(files.findFirst().orElseThrow()).size() > 3, name);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void everyOptimizerIsChosenByItsName(OptimizerName name) {
    String unchanged = weights(run(LINEAR, "--steps", 1, "--lr", 1e-30));
    String output = run(LINEAR, "--steps", 2, "--optimizer", name);
    assertNotEquals(unchanged, weights(output));
    String shown = name == OptimizerName.ADAM ? "Adam" : name.toString();
    assertTrue(output.contains(shown + " at"), output);
  }

  @Test
  void everyScheduleGivesOtherWeights() {
    List<String> weights =
        Stream.of(ScheduleName.values())
            .map(
                name ->
                    weights(run(LINEAR, "--steps", 9, "--optimizer", "sgd", "--schedule", name)))
            .distinct()
            .toList();
    assertEquals(ScheduleName.values().length, weights.size());
  }

  @Test
  void resumingNeedsAPlace() {
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err))
            .execute("mnist1d", "--resume");
    assertEquals(2, code);
    assertTrue(
        err.toString().startsWith("run: --resume needs --checkpoint DIR to say where from"),
        err::toString);
  }
}
