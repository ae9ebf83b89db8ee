package dev.lanegrad.examples;

import dev.lanegrad.examples.site.Project;
import dev.lanegrad.examples.site.Site;
import dev.lanegrad.examples.site.SiteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
    name = "docs",
    description = "Builds the guide and the Javadoc of all modules into one folder of pages.")
final class DocsCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder, new or made so before (default: target/site of the project).")
  private @Nullable Path folder;

  @Option(
      names = "--refresh",
      description = "Makes the guide's own pictures and its list of lectures anew, in the project.")
  private boolean refreshes;

  private final PrintWriter out;

  DocsCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    Project project = Project.ofTheseExamples();
    if (refreshes) {
      SettingException.unless(folder == null, "--refresh and --out do not go together");
      Site.refresh(project);
      out.println("The pictures in docs/pictures and the list in docs/lectures.md are new.");
      return ExitCode.OK;
    }
    Path target = folder == null ? project.root().resolve("target/site") : folder;
    try {
      Site.check(target);
    } catch (SiteException e) {
      throw new SettingException("--out: " + e.getMessage());
    }
    out.println("Making the pages; the Javadoc takes about half a minute.");
    Site.write(project, target);
    out.printf("Open %s%n", target.resolve("index.html").toAbsolutePath().normalize());
    return ExitCode.OK;
  }
}
