package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void noneAreNeeded() {
    assertEquals(new Options(false, false, null), Options.parse());
  }

  @Test
  void allAreRead() {
    assertEquals(
        new Options(true, true, Path.of("figures.json")),
        Options.parse("--quick", "--json", "figures.json", "--help"));
  }

  @Test
  void quickIsShorter() {
    Options quick = Options.parse("--quick");
    Options usual = Options.parse();
    assertTrue(quick.launches() * quick.rounds() < usual.launches() * usual.rounds());
  }

  @Test
  void mistakesAreExplained() {
    assertEquals("unknown option \"--slow\"", message("--slow"));
    assertEquals("unknown option \"x\"", message("--quick", "x"));
    assertEquals("--json needs the name of a file", message("--json"));
    assertEquals("--json needs the name of a file", message("--json", "--quick"));
  }

  private static String message(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments))
        .getMessage();
  }

  @Test
  void theExitCodeTellsMistakesApart() {
    assertEquals(0, Bench.run("--help"));
    assertEquals(2, Bench.run("--slow"));
    assertEquals(1, Bench.run("--json", "no/such/folder/figures.json"));
  }
}
