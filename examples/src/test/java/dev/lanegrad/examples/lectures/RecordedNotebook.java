package dev.lanegrad.examples.lectures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lanegrad.plots.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A notebook that tests look into. */
public final class RecordedNotebook implements Notebook {
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, Boolean> claims = new LinkedHashMap<>();
  private final Map<String, List<? extends List<?>>> tables = new LinkedHashMap<>();
  private final List<Picture> pictures = new ArrayList<>();
  private final List<String> drawings = new ArrayList<>();
  private int paragraphs;

  /** What a lecture shows: some text, a number or a claim at least; and every claim has to hold. */
  public static RecordedNotebook of(String id) {
    RecordedNotebook notebook = new RecordedNotebook();
    Lectures.find(id).orElseThrow(() -> new AssertionError("no lecture " + id)).run(notebook);
    assertTrue(notebook.paragraphs > 0, "text");
    assertTrue(notebook.numbers.size() + notebook.claims.size() > 0, "numbers or claims");
    notebook.claims.forEach((claim, holds) -> assertTrue(holds, claim));
    return notebook;
  }

  /** The number of a name is this one to within 1e-9. */
  public void assertNumber(String name, double exact) {
    assertNumber(name, exact, 1e-9);
  }

  public void assertNumber(String name, double exact, double tolerance) {
    assertEquals(exact, number(name), tolerance, name);
  }

  public double number(String name) {
    Double number = numbers.get(name);
    return number != null ? number : fail("no number \"" + name + "\" in " + numbers.keySet());
  }

  /** These claims were made; that they hold {@link #of} has seen. */
  public void assertClaimed(String... made) {
    for (String claim : made) {
      assertTrue(
          claims.containsKey(claim), () -> "no claim \"" + claim + "\" in " + claims.keySet());
    }
  }

  public List<? extends List<?>> table(String caption) {
    List<? extends List<?>> rows = tables.get(caption);
    return rows != null ? rows : fail("no table \"" + caption + "\" in " + tables.keySet());
  }

  public List<Picture> pictures() {
    return pictures;
  }

  public List<String> drawings() {
    return drawings;
  }

  @Override
  public void text(String paragraph) {
    assertFalse(paragraph.isBlank());
    paragraphs++;
  }

  @Override
  public void number(String name, double here) {
    assertFalse(numbers.containsKey(name), () -> "two numbers \"" + name + "\"");
    numbers.put(name, here);
  }

  @Override
  public void number(String name, String lecture, double here) {
    number(name, here);
  }

  @Override
  public void slip(String name, String lecture, double here) {
    number(name, here);
  }

  @Override
  public void claim(String claim, boolean holds) {
    claims.put(claim, holds);
  }

  @Override
  public void table(String caption, List<String> header, List<? extends List<?>> rows) {
    TableText.cells(header, rows);
    tables.put(caption, rows);
  }

  @Override
  public void picture(String caption, Picture picture) {
    pictures.add(picture);
  }

  @Override
  public void svg(String caption, String svg) {
    drawings.add(svg);
  }
}
