package dev.lanegrad.autodiff.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A convolutional network learns the same weights, whatever runs its kernels. */
@Execution(ExecutionMode.CONCURRENT)
class ConvolutionalTrainingTest {
  private static final int STEPS = 12;
  private static final long GARBAGE = 65_536;

  private static String usual = "";

  @BeforeAll
  static void trainOnOneThread() throws Exception {
    usual = train("-Dlanegrad.threads=1");
    assertTrue(usual.matches("weights -?[0-9]+\\."), usual);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dlanegrad.threads=2",
        "-Dlanegrad.threads=5",
        "-Dlanegrad.kernels=scalar",
        "-Dlanegrad.threads=2 -Dlanegrad.warmup=none -Dlanegrad.vector.bits=256"
            + " -Dlanegrad.vector.emulate=true",
        "-Dlanegrad.threads=1 -Dlanegrad.warmup=none -Dlanegrad.vector.bits=512"
            + " -Dlanegrad.vector.emulate=true"
      })
  void weightsAreTheSame(String options) throws Exception {
    assertEquals(usual, train(options.split(" ")));
  }

  @Test
  void aStepMakesLittleGarbage() throws Exception {
    List<String> options = List.of("-XX:+UseSerialGC", "-Xms900m", "-Xmn700m", "-XX:-UseTLAB");
    String output = ChildJvm.run(options, GarbageOfTraining.class);
    Matcher bytes = Pattern.compile("garbage ([0-9]+) bytes a step").matcher(output);
    assertTrue(bytes.find(), output);
    assertTrue(Long.parseLong(bytes.group(1)) <= GARBAGE, output);
  }

  private static String train(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    String output = ChildJvm.run(all, ConvolutionalTraining.class, Integer.toString(STEPS));
    return output.replaceAll("(?s).*(weights -?[0-9]+\\.)\\s*", "$1");
  }
}
