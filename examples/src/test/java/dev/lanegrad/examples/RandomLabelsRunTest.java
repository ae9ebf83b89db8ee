package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.Lectures;
import dev.lanegrad.examples.lectures.RecordedNotebook;
import dev.lanegrad.examples.lectures.representation.RandomLabels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RandomLabelsRunTest {
  private static final String SLIP = "parameters, 4 hidden layers of 63";

  @TempDir private Path folder;

  private static List<RandomLabels> networks(double goal, int... depths) {
    return IntStream.of(depths)
        .mapToObj(layers -> new RandomLabels(layers, 20, goal, 10, 5))
        .toList();
  }

  /** What a run prints. */
  private static String run(double goal, String... options) {
    StringWriter text = new StringWriter();
    RandomLabelsRun run = CommandLine.populateCommand(new RandomLabelsRun(), options);
    run.run(new RecordedNotebook(), networks(goal, 1, 3), new PrintWriter(text, true));
    return text.toString();
  }

  private static List<String> ends(String printed) {
    return Pattern.compile("end after.*").matcher(printed).results().map(m -> m.group()).toList();
  }

  @Test
  void resumedIsUninterruptedBitForBit() {
    String whole = run(1, "--full", "--epochs", "43");
    String place = folder.toString();
    String half = run(1, "--full", "--epochs", "17", "--checkpoint", place);
    String rest = run(1, "--full", "--epochs", "43", "--checkpoint", place, "--resume");
    assertEquals(2, ends(whole).size());
    assertTrue(ends(half).getFirst().startsWith("end after 17 epochs, "), half);
    assertEquals(ends(whole), ends(rest));
  }

  @Test
  void networksThatAreDoneAreNotTrainedAgain() {
    String[] options = {"--full", "--epochs", "900", "--checkpoint", folder.toString(), "--resume"};
    String first = run(0.3, options);
    assertTrue(ends(first).stream().allMatch(end -> end.contains("30.0 % are right")), first);
    assertEquals(ends(first), ends(run(0.3, options)));
  }

  @Test
  void showsParametersEpochsAndWritesEvents() {
    RecordedNotebook notebook = new RecordedNotebook();
    StringWriter text = new StringWriter();
    String[] options = {"--full", "--epochs", "10", "--tensorboard", folder.toString()};
    RandomLabelsRun run = CommandLine.populateCommand(new RandomLabelsRun(), options);
    run.run(notebook, networks(1, 1, 2, 3, 4), new PrintWriter(text, true));
    notebook.assertNumber("parameters, 1 hidden layer of 298", 15_208);
    notebook.assertNumber("parameters, 2 hidden layers of 100", 15_210);
    notebook.assertNumber("parameters, 3 hidden layers of 75", 15_235);
    notebook.assertNumber(SLIP, 40 * 63 + 63 + 3 * (63 * 63 + 63) + 63 * 10 + 10);
    assertEquals(
        List.of(1, 298, 15_208, "not yet", 10L),
        notebook
            .table("Epochs until 99 % of the random labels are right")
            .getFirst()
            .subList(0, 5));
    assertTrue(text.toString().contains("4 hidden layers of 63 units: 15,319 parameters"));
    assertTrue(Files.isDirectory(folder.resolve("layers-4")), "events of its own for each");
  }

  @Test
  void optionsOfTheLongRunNeedIt() {
    RandomLabelsRun without =
        CommandLine.populateCommand(new RandomLabelsRun(), "--checkpoint", folder.toString());
    PrintWriter out = new PrintWriter(new StringWriter());
    SettingException error =
        assertThrows(SettingException.class, () -> without.in(Lectures.parts(), out));
    assertTrue(error.getMessage().contains("are of L4.9 --full"), error.getMessage());
    RandomLabelsRun full = CommandLine.populateCommand(new RandomLabelsRun(), "--full");
    error = assertThrows(SettingException.class, () -> full.in(List.of(), out));
    assertEquals("--full is of L4.9: ./run lectures L4.9 --full", error.getMessage());
    assertFalse(full.in(Lectures.parts(), out).equals(Lectures.parts()));
    assertEquals(Lectures.parts(), new RandomLabelsRun().in(Lectures.parts(), out));
  }
}
