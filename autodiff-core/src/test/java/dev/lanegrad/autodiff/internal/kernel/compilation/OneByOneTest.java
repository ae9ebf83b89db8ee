package dev.lanegrad.autodiff.internal.kernel.compilation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where there is one processor, kernels are compiled one after the other. */
class OneByOneTest {
  @Test
  void onlyOneIsCompiledAtATime() throws Exception {
    List<String> options = List.of("-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC");
    String output = ChildJvm.run(options, OneByOneProgram.class);
    assertTrue(output.endsWith("5 ready, at most 1 at once"), output);
  }
}
