package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
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

  private String kernels(String option, int batch, String network, int steps) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-XX:+UseSerialGC", option));
    command.addAll(List.of("-Dlanegrad.threads=1", "-Dlanegrad.vector.bits=256"));
    command.add("-Dlanegrad.dump=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KernelsProgram.class.getName());
    command.addAll(List.of(Integer.toString(batch), network, Integer.toString(steps)));
    command.add(folder.toString());
    return Commands.lines(command).getLast();
  }

  @Test
  void theFirstStepOfTheSmallestNetwork() throws Exception {
    assertEquals("14 scalar, 4 vector, 0 twice", kernels(SCALAR_STAY_IN_USE, 4, "2-8-2", 1));
  }

  @Test
  void theFirstStepOfASmallNetwork() throws Exception {
    assertEquals(
        "14 scalar, 19 vector, 0 twice", kernels(SCALAR_STAY_IN_USE, 100, "40-100-100-10", 1));
  }

  @Test
  void someStepsOfAConvolutionalNetwork() throws Exception {
    assertEquals("13 scalar, 12 vector, 0 twice", kernels(SCALAR_STAY_IN_USE, 4, CNN, 10));
  }

  /** Vector kernels come into use, and then ask for more, which the scalar ones do without. */
  @Test
  @Tag("thorough")
  void aThousandStepsOfAConvolutionalNetwork() throws Exception {
    assertEquals("13 scalar, 19 vector, 0 twice", kernels("-XX:+TieredCompilation", 4, CNN, 1_000));
  }
}
