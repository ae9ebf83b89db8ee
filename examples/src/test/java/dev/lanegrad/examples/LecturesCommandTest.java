package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.Lecture;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LecturesCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
  }

  @Test
  void aloneItListsPartsAndLectures() {
    assertEquals(0, run("lectures"));
    List<String> lines = out.toString().lines().toList();
    assertEquals("L1 Neurons and linear models", lines.get(0));
    assertEquals(
        "  L1.1  The neuron of McCulloch and Pitts: AND, OR and NOT as single threshold units",
        lines.get(1));
    assertTrue(lines.contains("L5 Training well, and convolution"), out::toString);
    assertTrue(lines.getLast().contains("./run lectures all --out DIR"), out::toString);
  }

  @Test
  void anIdRunsOneInCapitalsOrNot() {
    assertEquals(0, run("lectures", "l1.7"));
    List<String> lines = out.toString().lines().toList();
    assertEquals("L1.7 A linear network stays linear", lines.get(0));
    assertTrue(
        lines.contains("  holds: two linear layers equal the one of the product (to 1e-12)"),
        out::toString);
  }

  @Test
  void aWrongIdNamesThoseNearIt() {
    assertEquals(2, run("lectures", "L1.9"));
    assertTrue(
        err.toString().startsWith("run: there is no lecture \"L1.9\"; there is L1.1, L1.2, "),
        err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void aReportIsWritten(@TempDir Path folder) throws IOException {
    Path inside = folder.resolve("report");
    assertEquals(0, run("lectures", "L1.7", "--out", inside.toString()));
    assertTrue(out.toString().startsWith("[ 1/1] L1.7  A linear network stays linear "));
    assertTrue(Files.readString(inside.resolve("index.html")).contains("<section id=\"L1.7\">"));
  }

  @Test
  void whereItCannotBeWrittenIsSaidBeforeTheWork(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("index.html"), "mine");
    assertEquals(2, run("lectures", "all", "--out", folder.toString()));
    assertTrue(
        err.toString().startsWith("run: --out: " + page + " is there already and is no report"),
        err::toString);
    assertEquals(2, run("lectures", "all", "--out", page.toString()));
    assertEquals(2, run("lectures", "--out", folder.toString()));
    assertTrue(err.toString().contains("run: --out needs an ID before it, or all"), err::toString);
    assertEquals("", out.toString());
  }

  private static Lecture lecture(String id, Consumer<Notebook> program) {
    return new Lecture(id, "Title", "One line", program);
  }

  @Test
  void oneThatThrowsAndOneThatDoesNotHoldLoseNoOther() {
    Part part =
        new Part(
            "L1",
            "Part",
            List.of(
                lecture(
                    "L1.1",
                    notebook -> {
                      throw new IllegalStateException("no luck");
                    }),
                lecture("L1.2", notebook -> notebook.claim("two is three", false)),
                lecture("L1.3", notebook -> notebook.claim("two is two", true))));
    LecturesCommand command = new LecturesCommand(new PrintWriter(out), List.of(part));
    assertEquals(1, new CommandLine(command).execute("L1"));
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.contains("STOPPED: java.lang.IllegalStateException: no luck"), out::toString);
    assertTrue(lines.contains("  DOES NOT HOLD: two is three"), out::toString);
    assertTrue(lines.contains("  holds: two is two"), out::toString);
    assertEquals(1, new CommandLine(command).execute("L1.1"));
    assertEquals(1, new CommandLine(command).execute("L1.2"));
    assertEquals(0, new CommandLine(command).execute("L1.3"));
  }

  @Test
  void aReportOfSuchEndsWithOneToo(@TempDir Path folder) {
    Part part =
        new Part("L1", "Part", List.of(lecture("L1.1", n -> n.claim("two is three", false))));
    LecturesCommand command = new LecturesCommand(new PrintWriter(out), List.of(part));
    assertEquals(1, new CommandLine(command).execute("all", "--out", folder.toString()));
    assertTrue(out.toString().contains("L1.1: 0 claims hold, 1 DOES NOT HOLD"), out::toString);
  }
}
