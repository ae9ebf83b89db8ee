package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many kernels a training generates, for vectors of 256 bits. Each costs its start some
 * milliseconds, and one of vectors costs the JIT a hundred: whoever makes them more sees it here.
 * None is generated twice.
 */
class KernelsTest {
  private static final String CNN = "28x28x1-8c5p2-m2-16c5p2-m2-10";

  /** No vector kernel gets fast with it, so that the scalar ones do the work throughout. */
  private static final String SCALAR_STAY_IN_USE = "-XX:TieredStopAtLevel=1";

  @TempDir private Path folder;

  @BeforeAll
  static void hasSuchVectors() {
    assumeTrue(KernelInfo.lanes(DType.FLOAT32) >= 8);
  }

  /** A training that is on its way. */
  private record Run(Process process) {
    String kernels() throws IOException {
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        return out.readAllLines().getLast();
      }
    }
  }

  /** Starts a training that waits until so many vector kernels are generated. */
  private Run start(String option, int batch, String network, int steps, int vectors)
      throws IOException {
    Path dump = Files.createTempDirectory(folder, "kernels");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-XX:+UseSerialGC", option));
    command.addAll(List.of("-Dlanegrad.threads=1", "-Dlanegrad.vector.bits=256"));
    command.add("-Dlanegrad.dump=" + dump);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KernelsProgram.class.getName());
    command.addAll(List.of(Integer.toString(batch), network, Integer.toString(steps)));
    command.addAll(List.of(dump.toString(), Integer.toString(vectors)));
    return new Run(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  @Test
  void ofFirstStepsAndOfSomeOfAConvolutionalNetwork() throws Exception {
    Run row1 = start(SCALAR_STAY_IN_USE, 4, "2-8-2", 1, 0);
    Run row2 = start(SCALAR_STAY_IN_USE, 100, "40-100-100-10", 1, 0);
    Run cnn = start(SCALAR_STAY_IN_USE, 4, CNN, 10, 0);
    assertEquals("13 scalar, 5 vector, 0 twice", row1.kernels());
    assertEquals("13 scalar, 22 vector, 0 twice", row2.kernels());
    assertEquals("12 scalar, 14 vector, 0 twice", cnn.kernels());
  }

  /**
   * Vector kernels come into use, and then ask for more, which the scalar ones do without. One of
   * those asked for is not generated: it is written by hand.
   */
  @Test
  @Tag("thorough")
  void ofAThousandStepsOfAConvolutionalNetwork() throws Exception {
    assertEquals(
        "12 scalar, 21 vector, 0 twice",
        start("-XX:+TieredCompilation", 4, CNN, 1_000, 20).kernels());
  }
}
