package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import java.util.List;
import java.util.stream.IntStream;

/** What the order of the examples and the size of a batch are worth to a training loop. */
final class MiniBatches {
  private static final int EPOCHS = 10;

  private MiniBatches() {}

  static void run(Notebook notebook, Dataset training, Dataset validation) {
    compareOrders(notebook, training, validation);
    compareSizes(notebook, training, validation);
  }

  private static void compareOrders(Notebook notebook, Dataset training, Dataset validation) {
    notebook.text(
        "Without shuffling, batches may be anything but fair samples. With the examples sorted by"
            + " class, each step forgets what the ones before have learned.");
    Dataset sorted = training.select(byClass(training.y().toIntArray()));
    double inOrder =
        accuracy(new DataLoader(sorted, TrainingLoop.BATCH), TrainingLoop.EPOCHS, validation);
    double shuffled =
        accuracy(
            new DataLoader(sorted, TrainingLoop.BATCH).shuffled(TrainingLoop.SEED),
            TrainingLoop.EPOCHS,
            validation);
    notebook.number("validation accuracy in %, sorted by class", inOrder);
    notebook.number("validation accuracy in %, the same shuffled", shuffled);
    notebook.claim("shuffling is worth 20 points at least", shuffled >= inOrder + 20);
  }

  private static int[] byClass(int[] labels) {
    return IntStream.range(0, 3)
        .flatMap(c -> IntStream.range(0, labels.length).filter(i -> labels[i] == c))
        .toArray();
  }

  private static void compareSizes(Notebook notebook, Dataset training, Dataset validation) {
    List<List<Double>> rows =
        IntStream.of(10, 25, 100, 600)
            .mapToObj(
                size -> {
                  DataLoader loader = new DataLoader(training, size).shuffled(TrainingLoop.SEED);
                  return List.of(
                      (double) size,
                      (double) EPOCHS * loader.batches(),
                      accuracy(loader, EPOCHS, validation));
                })
            .toList();
    notebook.table(
        "validation accuracy in % after 10 epochs", List.of("batch", "steps", "accuracy"), rows);
    notebook.claim(
        "after 10 epochs, batches of 10 are 20 points ahead of all 600 examples at once",
        rows.getFirst().get(2) >= rows.getLast().get(2) + 20);
  }

  private static double accuracy(DataLoader loader, int epochs, Dataset validation) {
    Layer model = TrainingLoop.network();
    Trainer.supervised(model, TrainingLoop.optimizer(model), Losses::crossEntropy)
        .fit(loader, Limit.epochs(epochs));
    return Training.accuracy(model, validation);
  }
}
