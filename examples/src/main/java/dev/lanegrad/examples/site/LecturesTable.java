package dev.lanegrad.examples.site;

import dev.lanegrad.examples.lectures.Lecture;
import dev.lanegrad.examples.lectures.Lectures;
import dev.lanegrad.examples.lectures.Part;
import dev.lanegrad.training.files.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The list of all lectures in the page about them. */
final class LecturesTable {
  static final Path PAGE = Path.of("docs", "lectures.md");

  private static final String START = "<!-- made by ./run docs --refresh -->\n";
  private static final String END = "<!-- end -->";

  private LecturesTable() {}

  /** As Markdown: a table for each part. */
  static String markdown() {
    StringBuilder table = new StringBuilder();
    for (Part part : Lectures.parts()) {
      table.append(
          "\n### %s %s\n\n| id | system | shows |\n|---|---|---|\n"
              .formatted(part.id(), part.title()));
      for (Lecture lecture : part.lectures()) {
        table.append(
            "| %s | %s | %s |\n"
                .formatted(lecture.id(), cell(lecture.title()), cell(lecture.summary())));
      }
    }
    return table.append("\n").toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*").replace("_", "\\_");
  }

  /** The page with a new table. */
  static String refreshed(String page) {
    int start = page.indexOf(START);
    int end = page.indexOf(END);
    if (start < 0 || end < start) {
      throw new SiteException(PAGE + ": has no marks around the table");
    }
    return page.substring(0, start) + START + markdown() + page.substring(end);
  }

  static void write(Project project) {
    String page = refreshed(project.read(PAGE));
    AtomicFile.write(project.root().resolve(PAGE), page.getBytes(StandardCharsets.UTF_8));
  }
}
