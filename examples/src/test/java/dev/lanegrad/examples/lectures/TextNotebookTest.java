package dev.lanegrad.examples.lectures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextNotebookTest {
  private final StringWriter out = new StringWriter();
  private final TextNotebook notebook = new TextNotebook(new PrintWriter(out, true));

  private String text() {
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void blocksStandApartAndResultsTogether() {
    notebook.text("Words.");
    notebook.number("loss", "0.298", 0.298371109);
    notebook.number("rate", "0.5", 0.25);
    notebook.number("steps", 12_345);
    notebook.slip("regions", "161,501", 161_051);
    notebook.claim("it falls", true);
    notebook.svg("a graph", "<svg/>");
    notebook.table("Counts", List.of("n", "of"), List.of(List.of(1_000, "a"), List.of(0.5, "b")));
    assertEquals(
        """
        Words.

          loss: lecture 0.298, here 0.298371109
          rate: lecture 0.5, here 0.25 (differs by -0.25)
          steps: 12,345
          regions: lecture 161,501 (a slip), here 161,051
          holds: it falls
          [picture: a graph]

          Counts
            n      of
            1,000  a
            0.5    b
        """,
        text());
    assertTrue(notebook.allHold());
  }

  @Test
  void linesAreOfAHundredLettersAndNoWordIsLost() {
    String words = "one two three four five six seven eight nine ten ".repeat(9).strip();
    notebook.text(words + "\n  " + "x".repeat(130));
    List<String> lines = text().lines().toList();
    assertTrue(lines.stream().limit(lines.size() - 1).allMatch(line -> line.length() <= 100));
    assertEquals(words, String.join(" ", lines.subList(0, lines.size() - 1)));
    assertEquals("  " + "x".repeat(130), lines.getLast());
  }

  @Test
  void aClaimThatDoesNotHoldIsRemembered() {
    notebook.claim("one", true);
    notebook.claim("two", false);
    notebook.claim("three", true);
    assertFalse(notebook.allHold());
    assertTrue(text().contains("  DOES NOT HOLD: two\n"), this::text);
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> notebook.table("t", List.of("a", "b"), List.of(List.of(1))));
  }
}
