package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void noneAreNeeded() {
    assertEquals(
        new Options(
            false, false, false, false, false, false, false, false, false, null, null, 0, 0, null,
            null),
        Options.parse());
    assertTrue(Options.parse().wants("anything"));
  }

  @Test
  void allAreRead() {
    Options options =
        Options.parse(
            "--quick",
            "--json",
            "figures.json",
            "--help",
            "--loops",
            "--layers",
            "--plot",
            "figures.png",
            "--against",
            "../before",
            "--launches",
            "4",
            "--rounds",
            "5",
            "--only",
            "exp|log");

    assertTrue(options.quick() && options.help() && options.loops() && options.layers());
    assertFalse(options.peers());
    assertEquals(Path.of("figures.json"), options.json());
    assertEquals(Path.of("figures.png"), options.plot());
    assertEquals(Path.of("../before"), options.against());
    assertEquals(4, options.launches());
    assertEquals(5, options.rounds());
    assertTrue(options.wants("a log of 3"));
    assertFalse(options.wants("tanh"));
  }

  @Test
  void peersBringTheLoops() {
    assertTrue(Options.parse("--peers").loops());
    assertFalse(Options.parse("--peers").layers());
  }

  @Test
  void tilesGoAlone() {
    assertTrue(Options.parse("--tiles", "--only", "depth", "--rounds", "3").tiles());
    for (String other : new String[] {"--python", "--peers", "--loops", "--layers", "--start"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Options.parse("--tiles", other))
              .getMessage();
      assertEquals(
          "--tiles measures nothing else: it goes with --only, --rounds and --quick", message);
    }
  }

  @Test
  void quickIsShorter() {
    Options quick = Options.parse("--quick");
    Options usual = Options.parse();
    assertTrue(quick.launches() * quick.rounds() < usual.launches() * usual.rounds());
    assertTrue(usual.launches() >= 3);
    assertTrue(quick.leastWarming(1) < usual.leastWarming(1));
    assertTrue(usual.leastWarming(1) < usual.leastWarming(1_000));
    assertTrue(usual.leastWarming(1_000) < usual.mostWarming(1_000));
  }

  @Test
  void mistakesAreExplained() {
    assertEquals("unknown option \"--slow\"", message("--slow"));
    assertEquals("unknown option \"x\"", message("--quick", "x"));
    assertEquals(
        "unknown option \"-Xmx4g\": options for the JVM come before the name: ./run -Xmx4g bench",
        message("-Xmx4g"));
    assertEquals("--json needs the name of a file", message("--json"));
    assertEquals("--json needs the name of a file", message("--json", "--quick"));
    assertEquals("--plot needs the name of a file", message("--plot"));
    assertEquals("--only needs a regular expression", message("--only"));
    assertTrue(message("--only", "(").startsWith("--only: Unclosed group"));
    assertEquals("--against needs a folder", message("--against"));
    assertEquals("--launches: \"few\" is no number from 1 to 99999", message("--launches", "few"));
    assertEquals("--rounds needs a number", message("--rounds"));
    assertEquals("--rounds: \"0\" is no number from 1 to 99999", message("--rounds", "0"));
  }

  private static String message(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments))
        .getMessage();
  }

  @Test
  void theExitCodeTellsMistakesApart() {
    assertEquals(0, Bench.run("--help"));
    assertEquals(2, Bench.run("--slow"));
    assertEquals(2, Bench.run("--only", "no such row"));
    assertEquals(1, Bench.run("--against", "no/such/folder"));
    assertEquals(1, Bench.run("--json", "no/such/folder/figures.json"));
    assertEquals(1, Bench.run("--plot", "no/such/folder/figures.png"));
    assertEquals(1, Bench.run("--json", "src"));
  }

  @Test
  void theStartIsMeasuredAlone() {
    Options options = Options.parse("--start", "--compilations", "--launches", "2");
    assertTrue(options.start() && options.compilations());
    assertThrows(IllegalArgumentException.class, () -> Options.parse("--compilations"));
    assertThrows(IllegalArgumentException.class, () -> Options.parse("--start", "--peers"));
    assertThrows(
        IllegalArgumentException.class, () -> Options.parse("--start", "--json", "figures.json"));
  }
}
