package dev.lanegrad.examples;

import dev.lanegrad.examples.lectures.Lecture;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.Part;
import dev.lanegrad.examples.lectures.representation.DepthAgainstWidth;
import dev.lanegrad.examples.lectures.representation.RandomLabels;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.TrainerState;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * L4.9 in full, and its options: one network after another, each in folders of its own, so that one
 * that was stopped goes on where it was and those that are done are not trained again.
 */
final class RandomLabelsRun {
  private static final String LECTURE = "L4.9";
  private static final int MOST_EPOCHS = 1_000_000;
  private static final int EPOCHS_BETWEEN_ROWS = 1_000;
  private static final long SEED = 2;

  @Option(
      names = "--full",
      description = "Runs L4.9 on all 4,000 examples until every label is right: a long run.")
  private boolean isFull;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Ends each network of L4.9 --full there; at 1,000,000 if not said.")
  private @Nullable Integer epochs;

  @CommandLine.Mixin private final WatchOptions watch = new WatchOptions();

  /** The lectures with L4.9 in full if that is asked for. */
  List<Part> in(List<Part> parts, PrintWriter out) {
    boolean hasLecture =
        parts.stream()
            .flatMap(part -> part.lectures().stream())
            .anyMatch(lecture -> lecture.id().equals(LECTURE));
    SettingException.unless(
        isFull || (epochs == null && watch.areUsual()),
        "--epochs, --checkpoint, --resume, --tensorboard and --no-progress are of L4.9 --full");
    SettingException.unless(!isFull || hasLecture, "--full is of L4.9: ./run lectures L4.9 --full");
    watch.check();
    SettingException.checkAtLeastOne("--epochs", mostEpochs());
    return isFull ? parts.stream().map(part -> inFull(part, out)).toList() : parts;
  }

  private Part inFull(Part part, PrintWriter out) {
    return new Part(
        part.id(),
        part.title(),
        part.lectures().stream()
            .map(lecture -> lecture.id().equals(LECTURE) ? inFull(lecture, out) : lecture)
            .toList());
  }

  private Lecture inFull(Lecture lecture, PrintWriter out) {
    return new Lecture(
        lecture.id(),
        lecture.title(),
        lecture.summary(),
        notebook -> run(notebook, RandomLabels.inFull(SEED), out));
  }

  private int mostEpochs() {
    return epochs == null ? MOST_EPOCHS : epochs;
  }

  /** Trains networks, and writes what came of it into a notebook. */
  void run(Notebook notebook, List<RandomLabels> networks, PrintWriter out) {
    DepthAgainstWidth.introduce(notebook);
    List<DepthAgainstWidth.Run> runs = new ArrayList<>();
    for (RandomLabels network : networks) {
      runs.add(new DepthAgainstWidth.Run(network, train(network, out)));
    }
    DepthAgainstWidth.report(notebook, runs);
  }

  private History train(RandomLabels network, PrintWriter out) {
    Trainer<Batch> trainer = network.trainer();
    out.printf(
        Locale.ROOT,
        "%n%d hidden layer%s of %d units: %,d parameters, %,d examples, at most %,d epochs%n",
        network.hiddenLayers(),
        network.hiddenLayers() == 1 ? "" : "s",
        network.width(),
        trainer.model().parameterCount(),
        network.examples(),
        mostEpochs());
    out.println("    epoch     loss   train accuracy    seconds");
    trainer.callbacks(new Rows(watch, out));
    watch.fit(
        trainer, "layers-" + network.hiddenLayers(), network.batches(), Limit.epochs(mostEpochs()));
    History history = trainer.history();
    String fits =
        RandomLabels.epochsToFit(history).stream()
            .mapToObj(epoch -> String.format(Locale.ROOT, "99 %% after %,d epochs; ", epoch))
            .findFirst()
            .orElse("");
    out.printf(
        Locale.ROOT,
        "%send after %,d epochs, %s; weights %s%n",
        fits,
        history.steps(),
        history.reason(),
        Fingerprint.of(trainer.model().parameters()));
    out.flush();
    return history;
  }

  /** A row of the table now and then. */
  private record Rows(WatchOptions watch, PrintWriter out) implements Callback {
    @Override
    public void onReport(TrainerState state, SequencedMap<String, Double> values) {
      if (state.step() % EPOCHS_BETWEEN_ROWS == 0) {
        watch.clearLine();
        out.printf(
            Locale.ROOT,
            "%9d   %6.4f         %6.2f %%   %8.2f%n",
            state.step(),
            values.getOrDefault("loss", Double.NaN),
            100 * values.getOrDefault("accuracy", Double.NaN),
            state.seconds());
        out.flush();
      }
    }
  }
}
