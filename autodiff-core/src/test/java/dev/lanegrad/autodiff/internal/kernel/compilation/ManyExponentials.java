package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import dev.lanegrad.autodiff.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Computes until a kernel is said to be slow, and says what users see of it. */
final class ManyExponentials {
  private static final int SIZE = 10_000;

  private ManyExponentials() {}

  public static void main(String... arguments) throws Exception {
    Path file = Files.createTempFile("slow", ".jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      Tensor x = Tensor.ones(DType.FLOAT32, SIZE);
      while (KernelInfo.slowKernels().isEmpty()) {
        x.exp();
        Thread.sleep(1);
      }
      recording.stop();
      recording.dump(file);
      System.out.println("slow: " + KernelInfo.slowKernels());
      List<RecordedEvent> events =
          RecordingFile.readAllEvents(file).stream()
              .filter(e -> e.getEventType().getName().equals("dev.lanegrad.SlowKernel"))
              .toList();
      events.forEach(
          e ->
              System.out.println("event: " + e.getString("kernel") + ": " + e.getString("reason")));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
