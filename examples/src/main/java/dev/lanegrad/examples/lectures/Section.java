package dev.lanegrad.examples.lectures;

import static dev.lanegrad.examples.lectures.HtmlText.element;
import static dev.lanegrad.examples.lectures.HtmlText.escaped;

import java.util.Arrays;
import java.util.Optional;

/**
 * A lecture that has run, as a part of a page.
 *
 * @param lecture which one
 * @param notebook what it has written, as far as it came
 * @param failure what ended it before its end
 */
record Section(Lecture lecture, HtmlNotebook notebook, Optional<Throwable> failure) {
  private static final int FRAMES = 8;

  /** Runs one; what it throws is kept. */
  static Section of(Lecture lecture) {
    HtmlNotebook notebook = new HtmlNotebook(lecture.id());
    try {
      lecture.run(notebook);
      return new Section(lecture, notebook, Optional.empty());
    } catch (RuntimeException | Error e) { // the other lectures are not lost
      return new Section(lecture, notebook, Optional.of(e));
    }
  }

  /** Whether it came to its end, and its claims hold. */
  boolean isSound() {
    return failure.isEmpty() && notebook.tally().failing() == 0;
  }

  /** Such as {@code 3 claims hold}, or why it ended. */
  String outcome() {
    return failure
        .map(e -> "STOPPED: " + e.toString().lines().findFirst().orElse(""))
        .orElse(notebook.tally().claims());
  }

  /** As an item of the contents. */
  String entry() {
    return "<li><a href=\"#%1$s\">%1$s</a> %2$s%3$s</li>\n"
        .formatted(
            lecture.id(),
            escaped(lecture.title()),
            isSound() ? "" : " " + element("strong", "✗ " + outcome()));
  }

  /** As a section. */
  String html() {
    StringBuilder html = new StringBuilder();
    html.append("<section id=\"%s\">\n".formatted(lecture.id()));
    html.append(
        "<h3><a href=\"#%1$s\">%1$s</a> %2$s</h3>\n"
            .formatted(lecture.id(), escaped(lecture.title())));
    html.append(element("p", "summary", lecture.summary())).append('\n');
    html.append(notebook.html());
    failure.ifPresent(e -> html.append(failureHtml(e)));
    html.append(
        "<p class=\"source\">Run it: <code>./run lectures %s</code>".formatted(lecture.id()));
    String before = ". Read it: ";
    for (String source : notebook.sources()) {
      html.append(before).append(element("code", source));
      before = ", ";
    }
    return html.append("</p>\n</section>\n").toString();
  }

  private static String failureHtml(Throwable e) {
    StringBuilder lines = new StringBuilder(e.toString());
    Arrays.stream(e.getStackTrace())
        .limit(FRAMES)
        .forEach(frame -> lines.append("\n  at ").append(frame));
    return "<div class=\"failure\"><p><strong>✗ It stopped here.</strong></p>%s</div>\n"
        .formatted(element("pre", lines.toString()));
  }
}
