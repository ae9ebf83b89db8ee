package dev.lanegrad.examples.site;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The Javadoc of all published modules in one folder. They are taken as packages, for {@code
 * javadoc} takes modules together only if each has a module-info, and {@code plots} has none.
 */
final class Javadoc {
  private Javadoc() {}

  /**
   * Writes it.
   *
   * @throws SiteException with what {@code javadoc} said, if it failed
   */
  static void write(Project project, Path folder) {
    ToolProvider tool =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new SiteException("docs: this Java has no javadoc; take a JDK"));
    StringWriter said = new StringWriter();
    PrintWriter printer = new PrintWriter(said);
    int code = tool.run(printer, printer, arguments(project, folder).toArray(String[]::new));
    if (code != 0) {
      throw new SiteException("docs: javadoc failed:\n" + said);
    }
  }

  private static List<String> arguments(Project project, Path folder) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-quiet",
                "-d",
                folder.toString(),
                "-encoding",
                "UTF-8",
                "-classpath",
                System.getProperty("java.class.path"),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xdoclint:none", // the build has checked it
                "--no-fonts",
                "-notimestamp",
                "-doctitle",
                "Lanegrad",
                "-windowtitle",
                "Lanegrad",
                "-header",
                "<a href=\"{@docRoot}/../index.html\">Guide</a>"));
    for (String module : Project.MODULES) {
      String name = module.replaceFirst("-core$", "");
      arguments.addAll(List.of("-group", module, "dev.lanegrad." + name + "*"));
    }
    project.publishedSources().forEach(source -> arguments.add(source.toString()));
    return arguments;
  }
}
