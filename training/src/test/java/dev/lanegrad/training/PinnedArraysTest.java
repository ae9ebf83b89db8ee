package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinnedArraysTest {
  private static final List<String> G1 =
      List.of("G1 Young Generation", "G1 Concurrent GC", "G1 Old Generation");
  private static final List<String> SERIAL = List.of("Copy", "MarkSweepCompact");
  private static final List<String> PARALLEL = List.of("PS MarkSweep", "PS Scavenge");

  @ParameterizedTest
  @CsvSource({
    "25, true",
    "25+36-LTS, true",
    "25.0.1+8, true",
    "25.0.2+10-LTS, true",
    "25.0.2.0.1+1, true",
    "25.0.3+9-LTS, false",
    "25.0.10, false",
    "25.1.0.1, false",
    "24.0.2, false",
    "26-ea+12, false",
    "26.0.1, false",
  })
  void onlyTheFirstBuildsOf25WithG1AreWarnedOf(String version, boolean isAffected) {
    Runtime.Version parsed = Runtime.Version.parse(version);
    assertEquals(isAffected, PinnedArrays.warning(parsed, G1).isPresent());
    assertTrue(PinnedArrays.warning(parsed, SERIAL).isEmpty());
    assertTrue(PinnedArrays.warning(parsed, PARALLEL).isEmpty());
  }

  @Test
  void theWarningNamesTheBuildTheBugAndTheWayOut() {
    assertEquals(
        "JDK 25.0.1+8 with the collector G1 may corrupt data that is compressed or unpacked"
            + " (JDK-8377811): use JDK 25.0.3 or newer, or another collector, as by"
            + " -XX:+UseSerialGC",
        PinnedArrays.warning(Runtime.Version.parse("25.0.1+8"), G1).orElseThrow());
  }
}
