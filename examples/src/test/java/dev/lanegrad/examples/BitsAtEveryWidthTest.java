package dev.lanegrad.examples;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same weights with vectors from the first step on, where the machine has them and not. */
@Tag("thorough")
class BitsAtEveryWidthTest {
  @ParameterizedTest
  @ValueSource(strings = {"128", "256", "512"})
  void theBitsAreThoseOfTheFile(String bits) throws Exception {
    BitsTest.PROGRAM.assertBits(
        "-Dlanegrad.vector.bits=" + bits,
        "-Dlanegrad.vector.emulate=true",
        "-Dlanegrad.warmup=none");
  }
}
