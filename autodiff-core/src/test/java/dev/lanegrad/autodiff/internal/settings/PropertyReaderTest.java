package dev.lanegrad.autodiff.internal.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertyReaderTest {
  private final Properties given = new Properties();

  private PropertyReader reader(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new PropertyReader(given);
  }

  @Test
  void valuesAreRead() {
    PropertyReader reader = reader("lanegrad.a", "TWO", "lanegrad.b", "true", "lanegrad.c", "999");
    assertEquals("two", reader.choice("lanegrad.a", "one", "two"));
    assertTrue(reader.flag("lanegrad.b"));
    assertEquals(999, reader.count("lanegrad.c", 4));
    assertEquals("one", reader.choice("lanegrad.d", "one", "two"));
    assertFalse(reader.flag("lanegrad.e"));
    assertEquals(4, reader.count("lanegrad.f", 4));
    assertEquals("", reader.folder("lanegrad.g"));
    assertEquals("", reader.problem());
    assertEquals("", reader.remark());
  }

  @Test
  void everythingThatDoesNotFitIsSaidAtOnce() {
    PropertyReader reader =
        reader("lanegrad.a", "three", "lanegrad.b", "", "lanegrad.c", "0", "lanegrad.d", "1000");
    assertEquals("one", reader.choice("lanegrad.a", "one", "two"));
    assertFalse(reader.flag("lanegrad.b"));
    assertEquals(4, reader.count("lanegrad.c", 4));
    assertEquals(5, reader.count("lanegrad.d", 5));
    assertEquals(
        "system property lanegrad.a: \"three\" is none of one, two; "
            + "system property lanegrad.b: \"\" is none of false, true; "
            + "system property lanegrad.c: \"0\" is no number from 1 to 999; "
            + "system property lanegrad.d: \"1000\" is no number from 1 to 999",
        reader.problem());
  }

  @Test
  void aFolderIsMadeOrRefused(@TempDir Path root) throws IOException {
    Path made = root.resolve("a").resolve("b");
    PropertyReader good = reader("lanegrad.dump", made.toString());
    assertEquals(made.toString(), good.folder("lanegrad.dump"));
    assertTrue(Files.isDirectory(made));
    assertEquals("", good.problem());

    Path file = Files.writeString(root.resolve("file"), "");
    PropertyReader bad = reader("lanegrad.dump", file.toString());
    assertEquals("", bad.folder("lanegrad.dump"));
    assertEquals(
        "system property lanegrad.dump: \""
            + file
            + "\" is no folder that can be made and written to",
        bad.problem());
    PropertyReader noPath = reader("lanegrad.dump", "a\0b");
    assertEquals("", noPath.folder("lanegrad.dump"));
    assertFalse(noPath.problem().isEmpty());
  }

  @Test
  void namesThatNobodyReadsAreRemarkedOn() {
    PropertyReader reader =
        reader("lanegrad.threads", "2", "lanegrad.thread", "3", "Lanegrad.dump", "x", "lane", "y");
    assertEquals(2, reader.count("lanegrad.threads", 1));
    assertEquals("", reader.folder("lanegrad.dump"));
    assertEquals(
        "no such system property: Lanegrad.dump, lanegrad.thread, which changes nothing; "
            + "there are lanegrad.dump, lanegrad.threads",
        reader.remark());
  }

  @Test
  void thoseOfTheTestsAreNoMistake() {
    assertEquals("", reader("lanegrad.samples", "10", "lanegrad.bits.reason", "first").remark());
  }
}
