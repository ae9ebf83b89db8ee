package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.Stateful;
import dev.lanegrad.training.files.Safetensors;
import dev.lanegrad.training.metric.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, when, and that a training goes on from it bit for bit. */
class CheckpointsTest {
  @TempDir private Path folder;

  private Checkpoints checkpoints() {
    return new Checkpoints(folder);
  }

  private List<Long> steps() {
    return checkpoints().list().stream().map(Checkpoints::step).toList();
  }

  private Trainer<Batch> trained(Checkpoints where, long steps) {
    Trainer<Batch> trainer = Small.trainer(Small.model(7)).metrics(new Accuracy());
    trainer.checkpoints(where).fit(Small.loader(), Small.validation(), Limit.steps(steps));
    return trainer;
  }

  /** After each number of steps, in the midst of an epoch of 6 too. */
  @Test
  void goesOnBitForBitFromAnywhere() {
    Layer whole = Small.model(7);
    Trainer<Batch> uninterrupted = CheckpointedProgram.trainer(whole, folder).checkpoints(null);
    uninterrupted.fit(Small.loader(), Small.validation(), Limit.steps(13));
    for (int stop = 1; stop <= 12; stop += 2) {
      Path place = folder.resolve("at" + stop);
      CheckpointedProgram.trainer(Small.model(7), place)
          .fit(Small.loader(), Small.validation(), Limit.steps(stop));
      Trainer<Batch> resumed = CheckpointedProgram.trainer(Small.model(99), place);
      assertTrue(resumed.resume());
      assertEquals(stop, resumed.step());
      resumed.fit(Small.loader(), Small.validation(), Limit.steps(13));
      assertEquals(
          CheckpointedProgram.summary(uninterrupted),
          CheckpointedProgram.summary(resumed),
          "stopped after " + stop);
    }
  }

  @Test
  void keepsTheLastAndTheBest() {
    trained(checkpoints().every(2).keepLast(2), 11);
    assertEquals(List.of(10L, 11L), steps());
  }

  @Test
  void theBestOneStays() {
    Trainer<Batch> trainer = trained(checkpoints().keepLast(1).keepBest("val_loss"), 60);
    long best = trainer.history().best("val_loss", false).step();
    assertTrue(steps().contains(best), () -> best + " is not in " + steps());
    assertTrue(steps().contains(60L), () -> steps().toString());
    assertTrue(steps().size() <= 2, () -> steps().toString());

    Trainer<Batch> again = Small.trainer(Small.model(1)).metrics(new Accuracy());
    again.checkpoints(checkpoints()).resumeFrom(checkpoints().at(best));
    assertEquals(best, again.step());
    assertEquals(
        trainer.history().best("val_loss", false).value(),
        again.evaluate(Small.validation()).loss());
  }

  @Test
  void writesByTime() {
    trained(checkpoints().every(Duration.ofNanos(1)).keepLast(100), 4);
    assertEquals(List.of(1L, 2L, 3L, 4L), steps());
  }

  @Test
  void onlyTheEndIfNothingElseIsSaid() {
    trained(checkpoints(), 4);
    assertEquals(List.of(4L), steps());
    assertFalse(
        Small.trainer(Small.model(1))
            .checkpoints(new Checkpoints(folder.resolve("empty")))
            .resume());
  }

  @Test
  void aNewTrainingDoesNotMixWithAnOldOne() {
    trained(checkpoints(), 4);
    assertEquals(
        folder
            + ": has checkpoints of an earlier training up to step 4: call resume(), or take"
            + " another folder",
        assertThrows(CheckpointException.class, () -> trained(checkpoints(), 4)).getMessage());
  }

  /** The model's file is an ordinary one. */
  @Test
  void aModelIsReadFromItsFileAlone() {
    Trainer<Batch> trainer = trained(checkpoints(), 4);
    Layer model = Small.model(1);
    model.loadStateDict(
        Safetensors.read(checkpoints().at(4).resolve("model.safetensors")).tensors());
    assertEquals(Fingerprint.of(trainer.model().parameters()), Fingerprint.of(model.parameters()));
  }

  /** Every file, cut off or with any bit of 40 turned. */
  @Test
  void everyDamageIsFound() throws IOException {
    trained(checkpoints().every(2), 4);
    Path newest = checkpoints().at(4);
    RandomGenerator random = Seeds.generator(1);
    for (String name :
        List.of(
            "model.safetensors",
            "optimizer.safetensors",
            "training.safetensors",
            "manifest.sha256")) {
      Path file = newest.resolve(name);
      byte[] sound = Files.readAllBytes(file);
      for (int i = 0; i < 40; i++) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        refused(newest);
      }
      Files.write(file, java.util.Arrays.copyOf(sound, random.nextInt(sound.length)));
      refused(newest);
      Files.write(file, java.util.Arrays.copyOf(sound, sound.length + 1));
      refused(newest);
      Files.delete(file);
      refused(newest);
      Trainer<Batch> trainer = Small.trainer(Small.model(1)).metrics(new Accuracy());
      assertTrue(trainer.checkpoints(checkpoints()).resumeNewestSound());
      assertEquals(2, trainer.step());
      Files.write(file, sound);
    }
  }

  private void refused(Path newest) {
    Layer model = Small.model(1);
    Trainer<Batch> trainer = Small.trainer(model).metrics(new Accuracy());
    trainer.checkpoints(checkpoints());
    String message = assertThrows(CheckpointException.class, trainer::resume).getMessage();
    assertTrue(message.startsWith(newest.toString()), message);
    assertEquals(Fingerprint.of(Small.model(1).parameters()), Fingerprint.of(model.parameters()));
    assertEquals(0, trainer.step());
  }

  @Test
  void whereAllAreDamagedItSaysSo() throws IOException {
    trained(checkpoints(), 4);
    Files.delete(checkpoints().at(4).resolve("manifest.sha256"));
    Trainer<Batch> trainer = Small.trainer(Small.model(1)).checkpoints(checkpoints());
    String message =
        assertThrows(CheckpointException.class, trainer::resumeNewestSound).getMessage();
    assertTrue(message.startsWith(folder + ": none of its 1 checkpoints can be used"), message);
  }

  @Test
  void refusesThatOfAnotherTraining() {
    trained(checkpoints(), 4);
    Path newest = checkpoints().at(4);

    Layer other = new Linear(2, 2, new SplittableRandom(1));
    String weights = Fingerprint.of(other.parameters());
    Trainer<Batch> otherModel =
        Trainer.supervised(other, Small.adam(other), Losses::crossEntropy)
            .checkpoints(checkpoints());
    String message = assertThrows(CheckpointException.class, otherModel::resume).getMessage();
    assertTrue(message.startsWith(newest + ": is of another training: "), message);
    assertTrue(message.contains("0.weight"), message);
    assertEquals(weights, Fingerprint.of(other.parameters()));

    Layer same = Small.model(1);
    Trainer<Batch> otherRule =
        Trainer.supervised(
                same, new Optimizer(same.parameters(), new SGD(0.1)), Losses::crossEntropy)
            .checkpoints(checkpoints());
    message = assertThrows(CheckpointException.class, otherRule::resume).getMessage();
    assertTrue(message.startsWith(newest + ": is of another training: "), message);
    assertEquals(Fingerprint.of(Small.model(1).parameters()), Fingerprint.of(same.parameters()));

    Trainer<Batch> otherData = Small.trainer(Small.model(1)).checkpoints(checkpoints());
    assertTrue(otherData.resume());
    message =
        assertThrows(
                CheckpointException.class,
                () -> otherData.fit(Small.loader().shuffled(4), Limit.steps(5)))
            .getMessage();
    assertTrue(message.contains("order 3") && message.contains("order 4"), message);
  }

  /** A counter of a step's own. */
  private static final class Counter implements Stateful {
    private double count;

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      SequencedMap<String, Tensor> state = new LinkedHashMap<>();
      state.put("count", Tensor.of(count));
      return state;
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      count = state.get("count").item();
    }
  }

  @Test
  void remembersWhateverElseIsNamed() {
    Counter counter = new Counter();
    counter.count = 42;
    Small.trainer(Small.model(1))
        .remember("counter", counter)
        .checkpoints(checkpoints())
        .fit(Small.loader(), Limit.steps(1));
    Counter restored = new Counter();
    Small.trainer(Small.model(1)).remember("counter", restored).checkpoints(checkpoints()).resume();
    assertEquals(42, restored.count);
  }

  /** What a killed process leaves is not taken for a checkpoint, and is cleared away. */
  @Test
  void halfWrittenOnesDoNotCount() throws IOException {
    Path half = Files.createDirectories(folder.resolve(".unfinished-step-0000000009"));
    Files.writeString(half.resolve("model.safetensors"), "half");
    assertEquals(List.of(), checkpoints().list());
    trained(checkpoints(), 4);
    assertFalse(Files.exists(half));
  }
}
