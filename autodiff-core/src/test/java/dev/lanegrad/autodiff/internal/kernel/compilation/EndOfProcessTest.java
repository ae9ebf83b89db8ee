package dev.lanegrad.autodiff.internal.kernel.compilation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.OtherJvm;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A process ends when its program does, though kernels are still being compiled: no thread of the
 * library keeps it alive, and none of them holds up who ends it.
 */
class EndOfProcessTest {
  private static final String ALL_THREADS =
      WarmingProgram.WARMING + "[lanegrad-recycling, lanegrad-warmup, lanegrad-worker-1]";

  /** All of them run at once, so that they take little more than one. */
  private record Run(Process process, BufferedReader output) {
    static Run of(String way) throws Exception {
      OtherJvm jvm =
          new OtherJvm(
              List.of("-Dlanegrad.threads=2", "-XX:+UseSerialGC"),
              List.of(Tensor.class, OtherJvm.class));
      Process process = jvm.start(WarmingProgram.class, way);
      return new Run(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** Waits until the program says that kernels are being compiled. */
    Run warming() throws Exception {
      StringBuilder said = new StringBuilder();
      String line = output.readLine();
      while (line != null && !line.startsWith(WarmingProgram.WARMING)) {
        said.append(line).append('\n');
        line = output.readLine();
      }
      assertNotNull(line, said::toString);
      assertEquals(ALL_THREADS, line);
      return this;
    }

    /** Its exit code, and that it said nothing more than this. */
    int end(String... lines) throws Exception {
      List<String> rest = output.readAllLines();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "still running");
      assertEquals(List.of(lines), rest);
      return process.exitValue();
    }
  }

  @Test
  void aProgramEndsWhileKernelsAreCompiled() throws Exception {
    Run returns = Run.of("return");
    Run exits = Run.of("exit");
    Run trains = Run.of("train");
    Run interrupts = Run.of("interrupt");
    assertEquals(0, returns.warming().end());
    assertEquals(WarmingProgram.EXIT_CODE, exits.warming().end());
    trains.warming().process.toHandle().destroy();
    assertNotEquals(0, trains.end());
    assertEquals(0, interrupts.warming().end(WarmingProgram.INTERRUPTED));
  }
}
