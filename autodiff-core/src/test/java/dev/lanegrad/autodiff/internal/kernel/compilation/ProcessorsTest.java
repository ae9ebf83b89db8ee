package dev.lanegrad.autodiff.internal.kernel.compilation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vectors are as wide as the processor's at most, and a processor that is not fit gives the same
 * bits: in JVMs that are told not to use all that theirs has.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProcessorsTest {
  private static final String UNFIT = "not fit";
  private static final String TOO_WIDE = "lanegrad.vector.bits=512, but this JVM has vectors of ";

  private static Run usual;

  @BeforeAll
  static void runAsUsual() throws Exception {
    usual = Run.of();
  }

  /** What {@link SmallWork} printed. */
  private record Run(int bits, String hash, String output) {
    static Run of(String... options) throws Exception {
      String output = ChildJvm.run(List.of(options), SmallWork.class);
      Matcher matcher = Pattern.compile("bits ([0-9]+) hash (-?[0-9]+)").matcher(output);
      assertTrue(matcher.find(), output);
      return new Run(Integer.parseInt(matcher.group(1)), matcher.group(2), output);
    }

    int count(String text) {
      return output.split(Pattern.quote(text), -1).length - 1;
    }

    void givesTheUsualBits() {
      assertEquals(usual.hash, hash, () -> usual.output + output);
    }
  }

  @Test
  void widerVectorsThanTheProcessorsAreNotUsed() throws Exception {
    assumeTrue(Lanes.widest() > 0);
    assertEquals(0, usual.count("dev.lanegrad"), usual.output);
    assertEquals(Lanes.widest(), usual.bits);

    Run narrow = Run.of("-XX:MaxVectorSize=16", "-Dlanegrad.vector.bits=512");
    assertEquals(1, narrow.count(TOO_WIDE + "128 bits"), narrow.output);
    assertEquals(1, narrow.count("which gives the same results"), narrow.output);
    assertEquals(128, narrow.bits);
    narrow.givesTheUsualBits();
  }

  @Test
  void emulationIsForWhoAsksForIt() throws Exception {
    assumeTrue(Lanes.widest() > 0);
    Run emulated =
        Run.of(
            "-XX:MaxVectorSize=16",
            "-Dlanegrad.warmup=none",
            "-Dlanegrad.vector.bits=512",
            "-Dlanegrad.vector.emulate=true");
    assertEquals(0, emulated.count(TOO_WIDE), emulated.output);
    assertEquals(512, emulated.bits);
    emulated.givesTheUsualBits();
  }

  @Test
  void withoutFusedMultiplyAddOneWarningSaysSo() throws Exception {
    Run unfit = Run.of("-XX:-UseFMA", "-Dlanegrad.vector.bits=512");
    assertEquals(1, unfit.count(UNFIT), unfit.output);
    assertEquals(0, unfit.count(TOO_WIDE), unfit.output);
    assertEquals(Float.SIZE, unfit.bits);
    unfit.givesTheUsualBits();
  }

  /** Some processors lose fused multiply-add with AVX2, the others with AVX. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=0", "-XX:UseAVX=1", "-XX:UseAVX=2"})
  void olderProcessorsGiveTheSameBits(String option) throws Exception {
    assumeTrue(System.getProperty("os.arch").matches("amd64|x86_64"), "these have no AVX");
    Run old = Run.of(option);
    assertEquals(old.bits == Float.SIZE ? 1 : 0, old.count(UNFIT), old.output);
    old.givesTheUsualBits();
  }
}
