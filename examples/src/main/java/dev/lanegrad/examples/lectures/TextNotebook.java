package dev.lanegrad.examples.lectures;

import dev.lanegrad.plots.Picture;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A notebook as text: pictures are named, not shown. */
public final class TextNotebook implements Notebook {
  private final PrintWriter out;
  private boolean allHold = true;

  public TextNotebook(PrintWriter out) {
    this.out = out;
  }

  /** Whether every claim so far holds. */
  public boolean allHold() {
    return allHold;
  }

  @Override
  public void text(String paragraph) {
    out.println(paragraph);
  }

  @Override
  public void number(String name, double here) {
    out.printf(Locale.ROOT, "  %s: %s%n", name, Numbers.text(here));
  }

  @Override
  public void number(String name, String lecture, double here) {
    out.printf(Locale.ROOT, "  %s: lecture %s, here %s%n", name, lecture, Numbers.text(here));
  }

  @Override
  public void claim(String claim, boolean holds) {
    allHold &= holds;
    out.printf(Locale.ROOT, "  %s %s%n", holds ? "holds:" : "DOES NOT HOLD:", claim);
  }

  @Override
  public void table(String caption, List<String> header, List<? extends List<?>> rows) {
    out.printf(Locale.ROOT, "  %s%n", caption);
    List<List<String>> cells = TableText.cells(header, rows);
    TableText.aligned(cells).forEach(line -> out.printf(Locale.ROOT, "    %s%n", line));
  }

  @Override
  public void picture(String caption, Picture picture) {
    drawing(caption);
  }

  @Override
  public void svg(String caption, String svg) {
    drawing(caption);
  }

  private void drawing(String caption) {
    out.printf(Locale.ROOT, "  [picture: %s]%n", caption);
  }
}
