package dev.lanegrad.examples;

import dev.lanegrad.examples.lectures.Lecture;
import dev.lanegrad.examples.lectures.LecturesReport;
import dev.lanegrad.examples.lectures.Part;
import dev.lanegrad.examples.lectures.Selection;
import dev.lanegrad.examples.lectures.TextNotebook;
import dev.lanegrad.training.DataException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./run lectures}. */
@Command(
    name = "lectures",
    description = "Lists the systems of the lectures, runs them, or makes a report of them.",
    sortOptions = false)
final class LecturesCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "Which to run: one such as L3.3, a part such as L3, or all.")
  private List<String> ids = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes index.html there, with the pictures in it, and prints who runs.")
  private @Nullable Path folder;

  @CommandLine.Mixin private final RandomLabelsRun longRun = new RandomLabelsRun();

  private final PrintWriter out;
  private final List<Part> lectures;

  LecturesCommand(PrintWriter out, List<Part> lectures) {
    this.out = out;
    this.lectures = lectures;
  }

  @Override
  public Integer call() {
    if (ids.isEmpty()) {
      SettingException.unless(folder == null, "--out needs an ID before it, or all");
      longRun.in(List.of(), out);
      list();
      return ExitCode.OK;
    }
    List<Part> parts = longRun.in(chosen(), out);
    boolean isSound = folder == null ? print(parts) : report(folder, parts).write(out);
    out.flush();
    return isSound ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void list() {
    for (Part part : lectures) {
      out.printf(Locale.ROOT, "%s %s%n", part.id(), part.title());
      for (Lecture lecture : part.lectures()) {
        out.printf(Locale.ROOT, "  %-6s%s: %s%n", lecture.id(), lecture.title(), lecture.summary());
      }
      out.println();
    }
    out.println(
        "./run lectures L3.3 runs one, ./run lectures all --out DIR makes a report of all.");
    out.flush();
  }

  private List<Part> chosen() {
    try {
      return Selection.of(lectures, ids);
    } catch (IllegalArgumentException e) {
      throw new SettingException(String.valueOf(e.getMessage()));
    }
  }

  private static LecturesReport report(Path folder, List<Part> parts) {
    SettingException.unless(
        ModuleLayer.boot().findModule("java.desktop").isPresent(),
        "--out: pictures need the module java.desktop, which this java was made without");
    try {
      return new LecturesReport(folder, parts);
    } catch (DataException e) {
      throw new SettingException("--out: " + e.getMessage());
    }
  }

  /** Runs them one after the other; those after one that throws are not lost. */
  private boolean print(List<Part> parts) {
    boolean isSound = true;
    String gap = "";
    for (Lecture lecture : parts.stream().flatMap(part -> part.lectures().stream()).toList()) {
      out.printf(Locale.ROOT, "%s%s %s%n%n", gap, lecture.id(), lecture.title());
      isSound &= print(lecture);
      gap = System.lineSeparator();
    }
    return isSound;
  }

  private boolean print(Lecture lecture) {
    TextNotebook notebook = new TextNotebook(out);
    try {
      lecture.run(notebook);
      return notebook.allHold();
    } catch (UncheckedIOException e) { // nobody can read what the others print either
      throw e;
    } catch (RuntimeException | Error e) {
      out.print("STOPPED: ");
      e.printStackTrace(out);
      return false;
    }
  }
}
