package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class PythonTest {
  @Test
  void aMachineWithoutPythonGetsOneLine() throws IOException {
    assertEquals(
        "bench: --python: there is no no-such-python on the path%n".formatted(),
        said("no-such-python", List.of()));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPythonWithoutLibrariesGetsOneLine(@TempDir Path folder) throws IOException {
    String python = python(folder, "");
    assertEquals(
        "bench: --python: the %s on the path has neither torch nor jax (with numpy)%n"
            .formatted(python),
        said(python, List.of()));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void librariesOfPythonAreFound(@TempDir Path folder) throws IOException {
    assertEquals("", said(python(folder, "torch jax"), List.of(Contender.TORCH, Contender.JAX)));
    assertEquals("", said(python(folder, "jax"), List.of(Contender.JAX)));
  }

  @Test
  void theScriptIsStartedWithLibraryAndThreads() throws IOException {
    List<String> command = Python.command(Contender.JAX_2);
    assertEquals(List.of("jax", "2"), command.subList(2, 4));
    assertTrue(Files.readString(Path.of(command.get(1))).contains("def jax_step"));
  }

  @Test
  void onlyStepsAreComparedWithPythonAlone() {
    assertEquals(List.of(), PeerTable.steps(List.of()));
    List<Row> steps = PeerTable.steps(List.of(Contender.TORCH, Contender.JAX));
    assertEquals(7, steps.size());
    for (Row row : steps) {
      assertEquals(4, row.lines().size());
      assertTrue(row.probes().stream().noneMatch(p -> p.contender() == Contender.PYTORCH));
    }
  }

  /** A program that answers whatever it is asked with these libraries. */
  private static String python(Path folder, String libraries) throws IOException {
    Path file = folder.resolve("python");
    Files.writeString(file, "#!/bin/sh\necho " + libraries + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private static String said(String program, List<Contender> expected) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      assertEquals(expected, Python.libraries(program));
    } finally {
      System.setErr(before);
    }
    return lines.toString(StandardCharsets.UTF_8);
  }
}
