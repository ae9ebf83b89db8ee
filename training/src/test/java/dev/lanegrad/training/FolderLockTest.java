package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final OtherJvm JVM =
      new OtherJvm(
          List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
          List.of(Trainer.class, Tensor.class));

  @TempDir private Path folder;

  /** Locks a folder until it is killed. */
  static final class Owner {
    private Owner() {}

    public static void main(String... arguments) throws IOException {
      try (FolderLock lock = FolderLock.of(Path.of(arguments[0]))) {
        System.out.println("locked by " + lock);
        System.in.read();
      }
    }
  }

  @Test
  void anotherProcessIsNamedAndItsLockDiesWithIt() throws Exception {
    Process process = JVM.start(Owner.class, folder.toString());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = new ArrayList<>();
      while (lines.isEmpty() || !lines.getLast().startsWith("locked by")) {
        lines.add(Objects.requireNonNull(out.readLine(), lines::toString));
      }
      assertEquals(refusal("process " + process.pid()), refused());
      assertEquals(refusal("process " + process.pid()), refused(), "still");
    } finally {
      process.destroyForcibly().waitFor();
    }
    FolderLock.of(folder).close();
  }

  @Test
  void aSecondTrainingOfThisProcessIsRefused() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder.resolve("new"));
    Trainer<Batch> second = Small.trainer(Small.model(2)).checkpoints(checkpoints);
    Callback startsAnother =
        new Callback() {
          @Override
          public void onStep(TrainerState state) {
            String message =
                assertThrows(
                        CheckpointException.class, () -> second.fit(Small.loader(), Limit.steps(1)))
                    .getMessage();
            assertEquals(
                "%s: a training of this process keeps its checkpoints there: wait for its end, or"
                        .formatted(checkpoints.folder())
                    + " take another folder",
                message);
          }
        };
    Trainer<Batch> first = Small.trainer(Small.model(1)).checkpoints(checkpoints);
    first.callbacks(startsAnother).fit(Small.loader(), Limit.steps(1));
    assertEquals(1, checkpoints.list().size());
    Trainer<Batch> next = Small.trainer(Small.model(3)).checkpoints(checkpoints);
    next.resume();
    next.fit(Small.loader(), Limit.steps(2));
    assertEquals(2, checkpoints.list().size());
  }

  @Test
  void whatAProcessLeftLocksNothing() throws IOException {
    Files.writeString(folder.resolve(".lock"), "123456789");
    FolderLock lock = FolderLock.of(folder);
    assertEquals(refusal("a training of this process"), refused());
    lock.close();
    FolderLock.of(folder).close();
  }

  private String refused() {
    return assertThrows(CheckpointException.class, () -> FolderLock.of(folder)).getMessage();
  }

  private String refusal(String owner) {
    return "%s: %s keeps its checkpoints there: wait for its end, or take another folder"
        .formatted(folder, owner);
  }
}
