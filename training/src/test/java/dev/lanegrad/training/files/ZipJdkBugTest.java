package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipJdkBugTest {
  @ParameterizedTest
  @CsvSource({
    "25, true, true",
    "25.0.1, true, true",
    "25.0.2+10, true, true",
    "25.0.2, false, false",
    "25.0.3+9-LTS, true, false",
    "26, true, false",
    "24.0.2, true, false",
  })
  void threeVersionsWithOneCollectorAreWarnedOf(String version, boolean usesG1, boolean expected) {
    assertEquals(expected, ZipJdkBug.isAffected(Runtime.Version.parse(version), usesG1));
  }
}
