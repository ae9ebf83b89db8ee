package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.files.EventFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
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
    String start = weights(run("mnist1d --model linear --steps 1 --lr 1e-30 --json"));
    String output = run("mnist1d --model linear --steps 2 --json --optimizer", name.toString());
    assertNotEquals(start, weights(output));
    assertTrue(output.contains(name == OptimizerName.ADAM ? ", Adam at" : ", " + name + " at"));
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

  /** How a command fails: its exit code must be 2, and its first line is given back. */
  private static String refusal(String command, Object... more) {
    StringWriter err = new StringWriter();
    List<String> words =
        Stream.concat(Stream.of(command.split(" ")), Stream.of(more).map(Object::toString))
            .toList();
    int code =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err))
            .execute(words.toArray(String[]::new));
    assertEquals(2, code, err::toString);
    return err.toString().lines().findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist1d", "digits", "transformer"})
  void whatDoesNotFitIsSaidInALine(String command) throws IOException {
    assertEquals(
        "run: --resume needs --checkpoint DIR to say where from", refusal(command + " --resume"));
    assertTrue(
        refusal(command + " --optimizer adamm")
            .startsWith(
                "run: Invalid value for option '--optimizer': expected one of [SGD, ADAM, ADAMW,"));
    assertTrue(
        refusal(command + " --schedule linea")
            .startsWith(
                "run: Invalid value for option '--schedule': expected one of [CONSTANT, LINEAR,"));
    Path file = Files.createFile(folder.resolve("file"));
    for (String option : List.of("--checkpoint", "--tensorboard")) {
      assertEquals(
          "run: %s: %s is no folder".formatted(option, file),
          refusal(command + " " + option, file));
    }
    assertEquals(
        "run: --resume: %s holds no checkpoint, but other files".formatted(folder),
        refusal(command + " --resume --checkpoint", folder));
    Path broken = Files.createDirectory(folder.resolve("step-0000000007"));
    assertEquals(
        "run: --resume: %s: is no checkpoint, or not a whole one: has no file manifest.sha256"
            .formatted(broken),
        refusal(command + " --resume --checkpoint", folder));
    assertEquals(
        "run: --curves: a.gif: a picture's file has a name that ends in .png or .svg",
        refusal(command + " --curves a.gif"));
    assertTrue(
        refusal(command + " --curves no/a.png")
            .startsWith("run: --curves: no/a.png: cannot be written: there is no folder"));
  }

  /** The same command can be given again and again, whenever it was killed. */
  @Test
  void resumingBeginsWhereNothingIs() throws IOException {
    String command = "mnist1d --model linear --json --steps 3";
    String expected = weights(run(command));
    Path place = folder.resolve("new");
    assertEquals(expected, weights(run(command + " --resume --checkpoint", place)));
    Path killed = Files.createDirectories(folder.resolve("killed"));
    Files.createDirectory(killed.resolve(".unfinished-step-0000000002"));
    assertEquals(expected, weights(run(command + " --resume --checkpoint", killed)));
    Path logged = Files.createDirectories(folder.resolve("logged"));
    Files.createDirectory(logged.resolve("train"));
    assertEquals(
        expected,
        weights(run(command + " --resume --checkpoint", logged, "--tensorboard", logged)));
  }

  /** The rate of the options and that of the checkpoint: which one holds is said. */
  @Test
  void anotherLearningRateIsTakenAndSaid() {
    String start = "mnist1d --model linear --json --steps ";
    run(start + "3 --lr 0.02 --checkpoint", folder);
    String resume = start + "6 --resume --checkpoint " + folder;
    assertTrue(
        run(start + "3 --lr 0.05 --resume --checkpoint", folder)
            .contains("resumed after step 3: the learning rate was 0.02, 0.05 from here on\n"));
    assertTrue(
        run(start + "3 --resume --checkpoint", folder)
            .contains(
                "after step 3: the learning rate was 0.02, stays so: give --lr for another\n"));
    String other = run(resume + " --lr 0.05");
    assertTrue(other.contains("0.05 from here on"), other);
    assertFalse(run(resume + " --lr 0.05").contains("resumed"));
    assertNotEquals(weights(run(start + "6 --lr 0.02")), weights(other));
    assertTrue(
        run(start + "9 --resume --schedule linear --lr 0.09 --checkpoint", folder)
            .contains("resumed after step 6: the learning rate was 0.05, 0.03 from here on\n"));
  }

  /** Nothing is left to do, and the report is about the last update that was made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist1d --model linear --steps 3",
        "transformer --steps 3 --length 3 --batch 4",
      })
  void aTrainingThatIsDoneReportsItsLoss(String command) {
    String loss = lossAfterThreeSteps(run(command + " --checkpoint", folder));
    assertEquals(
        loss, lossAfterThreeSteps(run(command + " --resume --checkpoint", folder)), command);
  }

  private static String lossAfterThreeSteps(String output) {
    Matcher row = Pattern.compile("^ +3 +(\\d\\.\\d{4}) ", Pattern.MULTILINE).matcher(output);
    assertTrue(row.find(), output);
    return row.group(1);
  }

  @Test
  void theCheckpointOfAnotherTrainingIsRefused() {
    run("mnist1d --model linear --steps 3 --checkpoint", folder);
    for (String other :
        List.of(
            "mnist1d --model mlp",
            "mnist1d --model linear --shuffled",
            "mnist1d --model linear --seed 43",
            "mnist1d --model linear --batch 50",
            "mnist1d --model linear --optimizer sgd",
            "digits",
            "transformer")) {
      String line = refusal(other + " --resume --checkpoint", folder);
      assertTrue(
          line.matches("run: --resume: .*is of (another|a) training.*"), () -> other + ": " + line);
    }
  }

  /** Bars, rows, pictures and files do not get in the way of who reads the last line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist1d --model linear --steps 5",
        "digits --model mlp --epochs 1 --batch 2500",
        "transformer --steps 3 --length 3 --batch 4"
      })
  void theLastLineIsJsonWithEveryOption(String command) throws IOException {
    Path picture = folder.resolve("curves.svg");
    String output =
        run(
            command + " --json --optimizer lion --schedule one-cycle --resume",
            "--checkpoint",
            folder.resolve("checkpoints"),
            "--tensorboard",
            folder.resolve("runs"),
            "--curves",
            picture);
    List<String> lines = output.lines().toList();
    assertTrue(lines.getLast().matches("\\{\"example\":.*\"weights\":\"[0-9a-f]{64}\"}"), output);
    assertEquals("wrote " + picture, lines.get(lines.size() - 2));
    String svg = Files.readString(picture);
    assertTrue(svg.contains("mean loss over step: loss; fraction that is right over step: "), svg);
  }

  /** The picture of a training in one go, also of one that was done when it was resumed. */
  @Test
  void curvesGoOnAfterAResume() throws IOException {
    Path whole = folder.resolve("whole.svg");
    Path resumed = folder.resolve("resumed.svg");
    Path checkpoints = folder.resolve("checkpoints");
    String command = "mnist1d --model linear --steps ";
    run(command + 150, "--curves", whole);
    run(command + 100, "--checkpoint", checkpoints);
    for (int i = 0; i < 2; i++) {
      run(command + 150, "--checkpoint", checkpoints, "--resume", "--curves", resumed);
      assertEquals(Files.readString(whole), Files.readString(resumed));
    }
  }

  @Test
  void severalTrainingsShareAPicture() throws IOException {
    Path picture = folder.resolve("curves.svg");
    run("mnist1d --model linear --steps 9 --seeds 2 --curves", picture);
    String svg = Files.readString(picture);
    assertTrue(svg.contains("mean loss over step: linear-42, linear-43;"), svg);
    assertTrue(svg.contains("linear-42 train accuracy, linear-42 test accuracy, linear-43"), svg);
  }

  /** A program that is asked to end leaves a checkpoint. */
  @Test
  void aTrainingThatIsStoppedGoesOn() throws IOException, InterruptedException {
    Process child = child();
    try (BufferedReader lines = child.inputReader()) {
      while (!lines.readLine().startsWith("  1000 ")) {
        assertTrue(child.isAlive());
      }
      child.destroy();
      child.waitFor();
    } finally {
      child.destroyForcibly();
    }
    goesOn();
  }

  /** One that is killed has the checkpoint of every tenth second. */
  @Tag("thorough")
  @Test
  void aTrainingThatIsKilledGoesOn() throws IOException, InterruptedException {
    Process child = child();
    try (BufferedReader lines = child.inputReader()) {
      while (new Checkpoints(folder).list().isEmpty()) {
        assertNotNull(lines.readLine());
      }
    } finally {
      child.destroyForcibly();
    }
    child.waitFor();
    goesOn();
  }

  private Process child() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "mnist1d",
            "--model=linear",
            "--steps=100000000",
            "--checkpoint=" + folder)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** From the newest checkpoint a little further: the weights of a training in one go. */
  private void goesOn() {
    String newest = new Checkpoints(folder).list().getLast().getFileName().toString();
    int steps = Integer.parseInt(newest.replaceFirst("step-0*", "")) + 100;
    assertTrue(steps > 1_000, newest);
    String command = "mnist1d --model linear --json --steps " + steps;
    assertEquals(weights(run(command)), weights(run(command + " --resume --checkpoint", folder)));
  }
}
