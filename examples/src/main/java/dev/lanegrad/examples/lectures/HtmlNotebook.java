package dev.lanegrad.examples.lectures;

import static dev.lanegrad.examples.lectures.HtmlText.element;

import dev.lanegrad.plots.Picture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A notebook as the inside of a section of a page. */
final class HtmlNotebook implements Notebook {
  private static final StackWalker CALLERS =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final String PACKAGE = HtmlNotebook.class.getPackageName();

  /** A row of the table that numbers in a row make. */
  private record Row(String name, String lecture, String here, String style, String comparison) {
    String html(boolean isCompared) {
      String lectures =
          isCompared ? element("td", "n", lecture) + "<td class=\"n\">" : "<td class=\"n\">";
      String verdict = isCompared ? "</td>" + element("td", style, comparison) : "</td>";
      return "<tr><th scope=\"row\">%s</th>%s%s%s</tr>\n"
          .formatted(HtmlText.escaped(name), lectures, HtmlText.escaped(here), verdict);
    }
  }

  private final StringBuilder html = new StringBuilder();
  private final Set<String> sources = new LinkedHashSet<>();
  private final List<Row> numbers = new ArrayList<>();
  private final List<String> claims = new ArrayList<>();
  private final HtmlPictures pictures;
  private final Tally tally = new Tally();

  /**
   * An empty one.
   *
   * @param id of the section, which those of what is drawn begin with
   */
  HtmlNotebook(String id) {
    this.pictures = new HtmlPictures(id);
  }

  /** What was written so far. */
  String html() {
    endBlock();
    return html.toString();
  }

  /** Of what was written so far. */
  Tally tally() {
    return tally;
  }

  /** The files of the classes that have written here. */
  List<String> sources() {
    return List.copyOf(sources);
  }

  @Override
  public void text(String paragraph) {
    add(element("p", paragraph));
  }

  @Override
  public void number(String name, double here) {
    number(new Row(name, "", Numbers.text(here), "", ""));
  }

  @Override
  public void number(String name, String lecture, double here) {
    Agreement agreement = Agreement.of(lecture, here);
    tally.count(agreement.kind());
    String mark =
        switch (agreement.kind()) {
          case ROUNDED, CUT -> "✓ ";
          case DIFFERENT -> "≠ ";
          case NONE -> "";
        };
    String style = agreement.kind() == Agreement.Kind.DIFFERENT ? "differs" : "agrees";
    number(new Row(name, lecture, Numbers.text(here), style, mark + agreement.words()));
  }

  @Override
  public void slip(String name, String lecture, double here) {
    tally.countSlip();
    number(new Row(name, lecture, Numbers.text(here), "slip", "! slip"));
  }

  private void number(Row row) {
    rememberSource();
    endClaims();
    numbers.add(row);
  }

  @Override
  public void claim(String claim, boolean holds) {
    rememberSource();
    endNumbers();
    tally.count(holds);
    claims.add(
        "<li class=\"%s\">%s %s</li>\n"
            .formatted(
                holds ? "holds" : "fails",
                element("strong", holds ? "✓ holds:" : "✗ does not hold:"),
                HtmlText.escaped(claim)));
  }

  @Override
  public void table(String caption, List<String> header, List<? extends List<?>> rows) {
    List<List<String>> cells = TableText.cells(header, rows);
    StringBuilder table = new StringBuilder(element("p", "caption", caption));
    table.append(
        "\n<div class=\"scroll\" tabindex=\"0\"><table aria-label=\"%s\">\n<thead><tr>"
            .formatted(HtmlText.escaped(caption)));
    for (int j = 0; j < header.size(); j++) {
      int column = j;
      boolean isNumeric = rows.stream().allMatch(row -> row.get(column) instanceof Number);
      table.append(
          "<th scope=\"col\" class=\"%s\">%s</th>"
              .formatted(isNumeric ? "n" : "w", HtmlText.escaped(header.get(j))));
    }
    table.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < rows.size(); i++) {
      table.append("<tr>");
      for (int j = 0; j < header.size(); j++) {
        String style = rows.get(i).get(j) instanceof Number ? "n" : "w";
        table.append(element("td", style, cells.get(i + 1).get(j)));
      }
      table.append("</tr>\n");
    }
    add(table.append("</tbody></table></div>").toString());
  }

  @Override
  public void picture(String caption, Picture picture) {
    add(pictures.figure(caption, picture));
  }

  @Override
  public void svg(String caption, String svg) {
    add(pictures.figure(caption, svg));
  }

  private void add(String block) {
    rememberSource();
    endBlock();
    html.append(block).append('\n');
  }

  private void endBlock() {
    endNumbers();
    endClaims();
  }

  private void endNumbers() {
    if (numbers.isEmpty()) {
      return;
    }
    boolean isCompared = numbers.stream().anyMatch(row -> !row.lecture.isEmpty());
    html.append("<div class=\"scroll\" tabindex=\"0\"><table class=\"numbers\">\n");
    html.append(
        isCompared
            ? "<thead><tr><td></td><th scope=\"col\">lecture</th><th scope=\"col\">here</th>"
                + "<th scope=\"col\">digits printed</th></tr></thead>\n"
            : "<thead><tr><td></td><th scope=\"col\">here</th></tr></thead>\n");
    html.append("<tbody>\n");
    numbers.forEach(row -> html.append(row.html(isCompared)));
    html.append("</tbody></table></div>\n");
    numbers.clear();
  }

  private void endClaims() {
    if (!claims.isEmpty()) {
      html.append("<ul class=\"claims\">\n");
      claims.forEach(html::append);
      html.append("</ul>\n");
      claims.clear();
    }
  }

  /** The program is the class, of one of the parts' packages, whose code is calling. */
  private void rememberSource() {
    CALLERS
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(caller -> caller.getPackageName().startsWith(PACKAGE + "."))
                    .findFirst())
        .ifPresent(
            program ->
                sources.add(
                    "examples/src/main/java/%s.java"
                        .formatted(program.getNestHost().getName().replace('.', '/'))));
  }
}
