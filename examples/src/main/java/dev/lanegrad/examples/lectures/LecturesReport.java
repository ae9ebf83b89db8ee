package dev.lanegrad.examples.lectures;

import static dev.lanegrad.examples.lectures.HtmlText.escaped;

import dev.lanegrad.training.DataException;
import dev.lanegrad.training.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The lectures as one page to be read from top to bottom: HTML that is XML too, with the pictures
 * in it and nothing from elsewhere. The same lectures make the same page.
 */
public final class LecturesReport {
  private static final String FILE = "index.html";

  /** By this a page of ours is known, which may be replaced. */
  private static final String MARK = "<meta name=\"generator\" content=\"Lanegrad lectures\" />";

  private static final double MEGABYTE = 1e6;
  private static final double NANOS = 1e-9;

  private final Path folder;
  private final List<Part> parts;
  private final Tally tally = new Tally();

  /**
   * A report of lectures that have not run yet. Makes the folder, and sees to it that the page can
   * be written there.
   *
   * @throws DataException if not, or if a page that is not of these lectures is there
   */
  public LecturesReport(Path folder, List<Part> parts) {
    this.folder = folder;
    this.parts = List.copyOf(parts);
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      AtomicFile.check(file);
      if (Files.exists(file) && !isReplaceable(file)) {
        throw new DataException(
            "%s is there already and is no report of the lectures; name another folder"
                .formatted(file));
      }
    } catch (IOException e) {
      throw new DataException("the folder %s cannot be made".formatted(folder), e);
    }
  }

  private static boolean isReplaceable(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.limit(20).anyMatch(line -> line.contains(MARK));
    }
  }

  /**
   * Runs the lectures and writes {@code index.html}.
   *
   * @param out says which one runs, how long it took and how it ended
   * @return whether all came to their end and every claim holds
   * @throws DataException if it cannot be written
   */
  public boolean write(PrintWriter out) {
    long begun = System.nanoTime();
    List<Lecture> lectures = parts.stream().flatMap(part -> part.lectures().stream()).toList();
    List<Section> sections = new ArrayList<>();
    for (Lecture lecture : lectures) {
      int number = sections.size() + 1;
      out.printf(Locale.ROOT, "[%2d/%d] %-5s ", number, lectures.size(), lecture.id());
      out.printf(Locale.ROOT, "%-44s ", lecture.title());
      out.flush();
      long start = System.nanoTime();
      Section section = Section.of(lecture);
      out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(start), section.outcome());
      tally.add(section.notebook().tally());
      sections.add(section);
    }
    byte[] page = page(sections).getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(FILE);
    AtomicFile.write(file, page);
    out.printf(Locale.ROOT, "%s; %s%n", tally.claims(), tally.numbers());
    out.printf(
        Locale.ROOT,
        "wrote %s, %.1f MB, after %.0f s%n",
        file,
        page.length / MEGABYTE,
        seconds(begun));
    sections.stream()
        .filter(section -> !section.isSound())
        .forEach(
            section ->
                out.printf(Locale.ROOT, "%s: %s%n", section.lecture().id(), section.outcome()));
    return sections.stream().allMatch(Section::isSound);
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) * NANOS;
  }

  private String page(List<Section> sections) {
    StringBuilder contents = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (Part part : parts) {
      List<Section> own =
          sections.stream().filter(section -> part.lectures().contains(section.lecture())).toList();
      String head = escaped(part.id() + " " + part.title());
      contents.append("<h2><a href=\"#%s\">%s</a></h2>\n<ul>\n".formatted(part.id(), head));
      own.forEach(section -> contents.append(section.entry()));
      contents.append("</ul>\n");
      body.append("<h2 id=\"%s\">%s</h2>\n".formatted(part.id(), head));
      own.forEach(section -> body.append(section.html()));
    }
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        %s
        <title>The lectures on neural networks, run by Lanegrad</title>
        <style>
        %s</style>
        </head>
        <body>
        <nav aria-label="Contents">
        %s</nav>
        <main>
        <h1>The lectures on neural networks, run by Lanegrad</h1>
        <p>Every system of the lectures is a small program here. What it printed and drew stands \
        below, with the numbers beside those that the lecture prints.</p>
        <ul class="legend">
        <li><strong>✓ holds:</strong> a claim of the lecture that was computed here and is true; \
        <strong>✗ does not hold:</strong> one that was not. On this page %s.</li>
        <li><strong>✓ agrees:</strong> with the digits that the lecture prints, rounded or cut off \
        there; <strong>≠ differs:</strong> it does not, as what is measured or left to chance may; \
        <strong>! slip:</strong> the lecture prints another number than it means. On this page \
        %s.</li>
        </ul>
        %s</main>
        </body>
        </html>
        """,
        MARK,
        style(),
        contents,
        escaped(tally.claims()),
        escaped(tally.numbers()),
        body);
  }

  private static String style() {
    try (InputStream css =
        Objects.requireNonNull(LecturesReport.class.getResourceAsStream("report.css"))) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
