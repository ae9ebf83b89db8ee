package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.sample.TraceFailing;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user can see of what the library does: where nodes were made, and which operations ran.
 */
class TraceTest {
  @Test
  void errorsOfARuleNameTheLineThatRecordedIt() throws Exception {
    String traced = ChildJvm.run(List.of("-Dlanegrad.trace=true"), TraceFailing.class);
    String untraced = ChildJvm.run(List.of(), TraceFailing.class);
    String message = "the reverse rule gave input 0 of float64[2] a gradient of float64[]";
    assertTrue(traced.contains(message), traced);
    assertTrue(untraced.contains("wrong: " + message), untraced);
    assertTrue(
        traced.contains("wrong recorded at ") && traced.contains("TraceFailing.java:"), traced);
    assertFalse(untraced.contains("recorded at"), untraced);
  }

  @Test
  void theFlightRecorderSeesOperationsIfItIsAskedTo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("operations.jfr");
    Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}});
    x.matmul(x);
    Parameter weight = Parameter.of("weight", x);
    Formula descend = Formula.input(0).sub(Formula.input(1).mul(0.1));
    Update step = new Update(Elementwise.of(descend), List.of(weight));
    try (Recording recording = new Recording()) {
      recording.enable("dev.lanegrad.Operation").withoutThreshold();
      recording.start();
      x.matmul(x).tanh();
      step.apply(x);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().equals("dev.lanegrad.Operation"))
            .toList();
    assertEquals(
        List.of("matmul", "tanh", "update"),
        events.stream().map(e -> e.getString("operation")).toList());
    assertEquals("float64[2, 2] x float64[2, 2]", events.getFirst().getString("inputs"));
    assertEquals("float64[2, 2]", events.getLast().getString("inputs"));
    assertEquals("[weight float64[2, 2]]", events.getLast().getString("outputs"));
  }
}
