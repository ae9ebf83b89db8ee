package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.testing.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed at any moment go on from a checkpoint as if they had never ended. */
class KilledTrainingTest {
  private static final OtherJvm JVM =
      new OtherJvm(
          List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
          List.of(Trainer.class, Optimizer.class, Layer.class, Tensor.class, JsonFactory.class));
  private static final int LONGEST_MILLIS = 400;

  @TempDir private Path folder;

  @Test
  void fiveTimes() throws Exception {
    killAndGoOn(5, 1);
  }

  @Test
  @Tag("thorough")
  void fiftyTimes() throws Exception {
    killAndGoOn(50, 2);
  }

  private void killAndGoOn(int times, long seed) throws Exception {
    RandomGenerator random = Seeds.generator(seed);
    long step = 0;
    for (int kill = 0; kill < times; kill++) {
      long from = killedRun(random.nextInt(LONGEST_MILLIS));
      assertTrue(from >= step, "from step " + from + " after " + step);
      step = from;
    }
    List<Path> left = new Checkpoints(folder).list();
    long newest = left.isEmpty() ? 0 : Checkpoints.step(left.getLast());
    String end = Long.toString(newest + 10);
    String output = JVM.run(CheckpointedProgram.class, folder.toString(), end);
    assertEquals(uninterrupted(newest + 10), output.lines().toList().getLast(), output);
  }

  /** Kills a run some time after it began to train, and gives the step from which it went on. */
  private long killedRun(int millis) throws IOException, URISyntaxException, InterruptedException {
    Process process =
        JVM.start(CheckpointedProgram.class, folder.toString(), Long.toString(Long.MAX_VALUE));
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder output = new StringBuilder();
      String line = out.readLine();
      while (line != null && !line.startsWith("from step ")) {
        output.append(line).append('\n');
        line = out.readLine();
      }
      assertTrue(line != null, output::toString);
      Thread.sleep(millis);
      assertTrue(process.isAlive(), "ended by itself");
      process.destroyForcibly().waitFor();
      return Long.parseLong(line.substring("from step ".length()));
    }
  }

  private String uninterrupted(long steps) {
    Layer model = Small.model(7);
    Trainer<Batch> trainer =
        CheckpointedProgram.trainer(model, folder.resolve("other")).checkpoints(null);
    trainer.fit(Small.loader(), Small.validation(), Limit.steps(steps));
    return CheckpointedProgram.summary(trainer);
  }

  /** SIGTERM goes the way of Ctrl-C: the step is completed, then there is a last checkpoint. */
  @Test
  void aProcessThatIsAskedToEndWritesALastCheckpoint() throws Exception {
    Process process =
        JVM.start(CheckpointedProgram.class, folder.toString(), Long.toString(Long.MAX_VALUE));
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.startsWith("from step ")) {
        line = out.readLine();
      }
      Thread.sleep(100);
      process.toHandle().destroy();
      List<String> rest = out.lines().filter(l -> !l.isBlank()).toList();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      Path newest = new Checkpoints(folder).list().getLast();
      long step = Checkpoints.step(newest);
      assertEquals(
          List.of(
              String.format(
                  Locale.ROOT, "stopped after step %d; the last checkpoint is %s", step, newest)),
          rest);

      Layer model = Small.model(7);
      Trainer<Batch> resumed = CheckpointedProgram.trainer(model, folder);
      assertTrue(resumed.resume());
      assertEquals(step, resumed.step());
      resumed.fit(Small.loader(), Small.validation(), Limit.steps(step + 10));
      assertEquals(uninterrupted(step + 10), CheckpointedProgram.summary(resumed));
    }
  }
}
