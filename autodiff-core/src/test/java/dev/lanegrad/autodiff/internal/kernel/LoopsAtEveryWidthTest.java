package dev.lanegrad.autodiff.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.testing.Samples;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same loops in JVMs of their own, at every vector width and with vector kernels from the first
 * call on, which the JIT has not seen yet.
 */
class LoopsAtEveryWidthTest {
  private static final String ROUNDS = Integer.toString(Samples.times(250));

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void loopsAreRightAtWidth(int bits) throws Exception {
    String output = fuzz("-Dlanegrad.warmup=none", "-Dlanegrad.vector.bits=" + bits);
    assertEquals("bits " + bits + " rounds " + ROUNDS, lastLine(output), output);
  }

  @Test
  void loopsAreRightWithoutVectors() throws Exception {
    String output = fuzz("-Dlanegrad.kernels=scalar");
    assertEquals("bits 0 rounds " + ROUNDS, lastLine(output), output);
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((_, last) -> last).orElse("");
  }

  private static String fuzz(String... options)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", classPath(), LoopFuzz.class.getName(), "5000", ROUNDS));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** Where the classes under test and the tests lie, however this JVM was told of them. */
  private static String classPath() throws URISyntaxException {
    Path main = location(Kernel.class, "Kernel.class");
    Path test = location(LoopFuzz.class, "LoopFuzz.class");
    return main + System.getProperty("path.separator") + test;
  }

  private static Path location(Class<?> type, String file) throws URISyntaxException {
    Path path = Path.of(type.getResource(file).toURI());
    for (int depth = type.getName().split("\\.", -1).length; depth > 0; depth--) {
      path = path.getParent();
    }
    return path;
  }
}
