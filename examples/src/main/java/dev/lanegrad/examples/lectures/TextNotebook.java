package dev.lanegrad.examples.lectures;

import dev.lanegrad.plots.Picture;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A notebook as text: pictures are named, not shown. */
public final class TextNotebook implements Notebook {
  private static final int WIDTH = 100;

  /** What comes one below the other without a gap. */
  private enum Block {
    START,
    TEXT,
    RESULTS,
    TABLE
  }

  private final PrintWriter out;
  private Block last = Block.START;
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
    begin(Block.TEXT);
    paragraph.lines().forEach(this::wrapped);
  }

  private void wrapped(String line) {
    String words = line.strip();
    StringBuilder row = new StringBuilder(line.substring(0, line.indexOf(words)));
    boolean isEmpty = true;
    for (String word : words.split(" ", -1)) {
      if (!isEmpty && row.length() + 1 + word.length() > WIDTH) {
        out.println(row);
        row.setLength(0);
        isEmpty = true;
      }
      row.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    out.println(row);
  }

  @Override
  public void number(String name, double here) {
    result(name + ": " + Numbers.text(here));
  }

  @Override
  public void number(String name, String lecture, double here) {
    Agreement agreement = Agreement.of(lecture, here);
    String differs =
        agreement.kind() == Agreement.Kind.DIFFERENT ? " (" + agreement.words() + ")" : "";
    result("%s: lecture %s, here %s%s".formatted(name, lecture, Numbers.text(here), differs));
  }

  @Override
  public void slip(String name, String lecture, double here) {
    result("%s: lecture %s (a slip), here %s".formatted(name, lecture, Numbers.text(here)));
  }

  @Override
  public void claim(String claim, boolean holds) {
    allHold &= holds;
    result((holds ? "holds: " : "DOES NOT HOLD: ") + claim);
  }

  private void result(String line) {
    begin(Block.RESULTS);
    out.println("  " + line);
  }

  @Override
  public void table(String caption, List<String> header, List<? extends List<?>> rows) {
    begin(Block.TABLE);
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
    result("[picture: " + caption + "]");
  }

  private void begin(Block block) {
    if (last != Block.START && (block != Block.RESULTS || last != Block.RESULTS)) {
      out.println();
    }
    last = block;
  }
}
