package dev.lanegrad.autodiff.internal.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** In JVMs of their own, as they are read once. */
@Execution(ExecutionMode.CONCURRENT)
class SettingsTest {
  private static String run(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    all.addAll(List.of(options));
    return ChildJvm.run(all, TwoSums.class);
  }

  @Test
  void aValueThatDoesNotFitIsTheMessageOfEveryUse() throws Exception {
    String message =
        "PropertyException: system property lanegrad.kernels: \"fast\" is none of vector, scalar; "
            + "system property lanegrad.vector.emulate: \"on\" is none of false, true\n";
    String output = run("-Dlanegrad.kernels=fast", "-Dlanegrad.vector.emulate=on");
    assertTrue(output.replace("\r", "").endsWith(message + message), output);
  }

  @Test
  void aNameThatDoesNotExistIsAWarning() throws Exception {
    String output = run("-Dlanegrad.thread=1");
    assertTrue(
        output.contains(
            "no such system property: lanegrad.thread, which changes nothing; there are "
                + "lanegrad.dump, lanegrad.kernels, lanegrad.threads, lanegrad.tiles, "
                + "lanegrad.trace, lanegrad.vector.bits, lanegrad.vector.emulate, "
                + "lanegrad.warmup, lanegrad.warmup.patience"),
        output);
    assertEquals(2, output.split("sum 6 1\\.732", -1).length - 1, output);
  }

  /** As in an image by jlink: a class path names no modules that it needs. */
  @Test
  void noOptionalModuleIsNeeded() throws Exception {
    String output = run("--limit-modules", "java.base,jdk.incubator.vector");
    assertEquals(2, output.split("sum 6 1\\.732", -1).length - 1, output);
  }
}
