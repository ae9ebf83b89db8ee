package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One training in JVMs of their own gives the same weights, whatever runs the kernels. */
@Execution(ExecutionMode.CONCURRENT)
class ReproducibilityTest {
  private static final String VECTOR_MODULE = "--add-modules jdk.incubator.vector";

  /** Kernels from the first call on at whatever width, which not every machine has vectors of. */
  private static final String AT_WIDTH =
      VECTOR_MODULE + " -Dlanegrad.warmup=none -Dlanegrad.vector.emulate=true";

  private static final int STEPS = 30;

  /** Where each takes long: in the interpreter, and with vectors that the machine does not have. */
  private static final int FEW_STEPS = 3;

  @TempDir private static Path folder;

  private static Run usual;
  private static Run brief;

  /** What a training printed. */
  private record Run(String out, String err) {
    String json(String field) {
      Matcher matcher = Pattern.compile("\"" + field + "\":\"?([^\",}]*)").matcher(out);
      assertTrue(matcher.find(), () -> field + " is missing in: " + out + err);
      return matcher.group(1);
    }

    /** The hashes of all models, where there are several. */
    List<String> weights() {
      return Pattern.compile("\"weights\":\"([0-9a-f]+)\"")
          .matcher(out)
          .results()
          .map(match -> match.group(1))
          .toList();
    }
  }

  private static Run train(int steps, String jvmOptions) throws IOException, InterruptedException {
    return run(jvmOptions, "mnist1d --steps " + steps);
  }

  private static Run run(String jvmOptions, String example)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(System.getProperty("test.jvm", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of(jvmOptions.split(" ")));
    command.add(Main.class.getName());
    command.addAll(List.of((example + " --json").split(" ")));
    Path out = Files.createTempFile(folder, "run", ".out");
    Path err = Files.createTempFile(folder, "run", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    Run run = new Run(Files.readString(out), Files.readString(err));
    assertEquals(0, code, () -> command + "\n" + run);
    return run;
  }

  @BeforeAll
  static void trainAsUsual() throws IOException, InterruptedException {
    usual = train(STEPS, VECTOR_MODULE);
    brief = train(FEW_STEPS, VECTOR_MODULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VECTOR_MODULE,
        VECTOR_MODULE + " -Dlanegrad.kernels=scalar",
        AT_WIDTH + " -Dlanegrad.vector.bits=256",
        AT_WIDTH + " -Dlanegrad.vector.bits=512"
      })
  void weightsAreTheSame(String jvmOptions) throws IOException, InterruptedException {
    Matcher bits = Pattern.compile("bits=(\\d+)").matcher(jvmOptions);
    int lanes = bits.find() ? Integer.parseInt(bits.group(1)) / Float.SIZE : 0;
    boolean emulated = lanes > Integer.parseInt(usual.json("lanes"));
    Run expected = emulated ? brief : usual;
    Run run = train(emulated ? FEW_STEPS : STEPS, jvmOptions);

    assertEquals(expected.json("weights"), run.json("weights"));
    assertEquals(expected.json("test_accuracy"), run.json("test_accuracy"));
    boolean scalar = jvmOptions.contains("kernels=scalar");
    assertEquals(scalar ? "scalar" : "vector", run.json("kernels"));
    if (lanes > 0) {
      assertEquals(lanes, Integer.parseInt(run.json("lanes")));
    }
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(
      strings = {
        VECTOR_MODULE + " -Dlanegrad.warmup=none",
        AT_WIDTH + " -Dlanegrad.vector.bits=128",
        VECTOR_MODULE + " -XX:TieredStopAtLevel=1"
      })
  void weightsAreTheSameInOtherWaysToo(String jvmOptions) throws IOException, InterruptedException {
    weightsAreTheSame(jvmOptions);
  }

  /** Convolutions, a recurrent network and attention. */
  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(strings = {"mnist1d --model all --steps 5", "transformer --steps 20"})
  void otherModelsAreTheSameToo(String example) throws IOException, InterruptedException {
    List<String> weights = run(VECTOR_MODULE, example).weights();
    assertEquals(example.contains("all") ? 4 : 1, weights.size());

    String scalar = VECTOR_MODULE + " -Dlanegrad.kernels=scalar -Dlanegrad.threads=1";
    String narrow = VECTOR_MODULE + " -Dlanegrad.vector.bits=128 -Dlanegrad.warmup=none";
    assertEquals(weights, run(scalar, example).weights());
    assertEquals(weights, run(narrow, example).weights());
  }

  @Tag("thorough")
  @Test
  void weightsAreTheSameInTheInterpreter() throws IOException, InterruptedException {
    Run run = train(FEW_STEPS, VECTOR_MODULE + " -Xint");

    assertEquals(brief.json("weights"), run.json("weights"));
  }

  @Test
  void withoutTheVectorModuleOneWarningNamesTheFlag() throws IOException, InterruptedException {
    Run run = train(STEPS, "-Dlanegrad.trace=false");

    assertEquals(usual.json("weights"), run.json("weights"));
    assertEquals("scalar", run.json("kernels"));
    assertEquals("1", run.json("lanes"));
    assertEquals(2, run.err().split(VECTOR_MODULE, -1).length, run.err());
    assertFalse(usual.err().contains(VECTOR_MODULE), usual.err());
  }
}
