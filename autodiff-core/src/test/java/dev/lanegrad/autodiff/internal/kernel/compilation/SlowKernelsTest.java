package dev.lanegrad.autodiff.internal.kernel.compilation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel that never becomes fast is no secret. */
class SlowKernelsTest {
  private static String run(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-Dlanegrad.warmup.patience=1", "-Dlanegrad.threads=1"));
    return ChildJvm.run(all, ManyExponentials.class);
  }

  private static void assertReported(String reason, String... options) throws Exception {
    String output = run(options);
    assertTrue(output.contains("slow: [loop of [exp(x0)], float32]"), output);
    String warning = "the JVM has not made fast code of a vector kernel in 1 s: loop of [exp(x0)]";
    assertEquals(2, output.split(Pattern.quote(warning), -1).length, output);
    assertTrue(output.contains(reason), output);
    assertTrue(output.contains("event: loop of [exp(x0)], float32: not compiled"), output);
  }

  @Test
  void whereOnlyC1Compiles() throws Exception {
    assertReported("leave out -XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=1");
  }

  @Tag("thorough")
  @Test
  void whereNothingIsCompiled() throws Exception {
    assertReported("leave out -Xint", "-Xint");
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:TieredStopAtLevel=3",
        "-XX:ReservedCodeCacheSize=2496k -XX:-UseCodeCacheFlushing -Xcomp", // fills it
        "-XX:MaxNodeLimit=1000 -XX:NodeLimitFudgeFactor=100", // C2 gives up on every method of some
                                                              // size
        "-XX:CompileCommand=quiet -XX:CompileCommand=exclude,*GeneratedKernel*::run"
      })
  void whereTheJitMayNot(String options) throws Exception {
    assertReported("Either the JIT may not", options.split(" "));
  }

  /** A kernel that is slow until somebody says so. */
  private static final class Late implements Warmup.Workload {
    private volatile boolean isReady;

    @Override
    public void run() {
      if (!SlowKernels.names().contains(toString())) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }

    @Override
    public void callIdly() {}

    @Override
    public long operations() {
      return 1_000_000;
    }

    @Override
    public long patience() {
      return 0;
    }

    @Override
    public void ready() {
      isReady = true;
    }

    @Override
    public String toString() {
      return "a kernel that comes late";
    }
  }

  @Test
  void whatBecomesFastLaterIsUsedAndNoLongerListed() throws Exception {
    Late late = new Late();
    assertTrue(Warmup.submit(late));
    while (!late.isReady || SlowKernels.names().contains(late.toString())) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void whatTheJvmRefusesIsListedToo() throws Exception {
    Warmup.Workload refused =
        new Warmup.Workload() {
          @Override
          public void run() {
            throw new LinkageError("no such instruction");
          }

          @Override
          public long operations() {
            return 1;
          }

          @Override
          public void ready() {}

          @Override
          public String toString() {
            return "a kernel that does not load";
          }
        };
    assertTrue(Warmup.submit(refused));
    while (!SlowKernels.names().contains(refused.toString())) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    SlowKernels.remove(refused);
  }
}
