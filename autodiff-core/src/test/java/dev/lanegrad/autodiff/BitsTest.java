package dev.lanegrad.autodiff;

import dev.lanegrad.testing.BitsProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every function, operation and composite gives the bits that it has always given, interpreted and
 * compiled, scalar and at every width.
 */
class BitsTest {
  private static final BitsProgram PROGRAM = BitsProgram.of(BitsOfTables.class, Tensor.class);

  @BeforeAll
  static void rewriteIfAsked() throws Exception {
    PROGRAM.rewriteIfAsked();
  }

  @Test
  void everyChangeHasALineInTheChangelog() throws Exception {
    PROGRAM.assertReasonsAreInTheChangelog();
  }

  @ParameterizedTest
  @FieldSource("dev.lanegrad.testing.BitsProgram#EVERY_KERNEL")
  void theBitsAreThoseOfTheFile(String jvmOptions) throws Exception {
    PROGRAM.assertBits(jvmOptions.split(" "));
  }
}
