package dev.lanegrad.examples;

import dev.lanegrad.examples.lectures.Lecture;
import dev.lanegrad.examples.lectures.Lectures;
import dev.lanegrad.examples.lectures.TextNotebook;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(
    name = "lectures",
    description = "Lists the systems of the lectures, or runs one and prints its numbers.")
final class LecturesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", arity = "0..1", description = "Such as L3.3.")
  private @Nullable String id;

  private final PrintWriter out;

  LecturesCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    String asked = id;
    if (asked == null) {
      Lectures.all()
          .forEach(
              lecture ->
                  out.printf(
                      Locale.ROOT,
                      "%-6s%s: %s%n",
                      lecture.id(),
                      lecture.title(),
                      lecture.summary()));
      return ExitCode.OK;
    }
    Lecture lecture =
        Lectures.find(asked)
            .orElseThrow(
                () ->
                    new SettingException(
                        "there is no lecture \"%s\"; ./run lectures lists them".formatted(asked)));
    out.printf(Locale.ROOT, "%s %s%n", lecture.id(), lecture.title());
    TextNotebook notebook = new TextNotebook(out);
    lecture.run(notebook);
    out.flush();
    return notebook.allHold() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
