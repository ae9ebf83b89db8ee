package dev.lanegrad.training.log;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.TrainerState;
import dev.lanegrad.training.files.EventWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what TensorBoard shows, as {@code tensorboard --logdir FOLDER} reads it: after each report
 * loss and metrics, those of the validation set in a run {@code val} beside the run {@code train},
 * so that they share charts; histograms of all weights, and of all gradients of the first update
 * after each report; pictures. In between the loss of single updates.
 *
 * <p>After a resume there is a new file, and points of later steps that a killed process left are
 * no longer shown.
 */
public final class TensorBoardLog implements Callback {
  private static final String VALIDATION = "val_";

  private final Path folder;
  private final SequencedMap<String, Supplier<Tensor>> pictures = new LinkedHashMap<>();
  private long stepsBetween = 50;
  private boolean drawsHistograms = true;
  private boolean wantsGradients;
  private long firstStep;
  private @Nullable EventWriter training;
  private @Nullable EventWriter validation;

  /**
   * Writes to the folders {@code train} and {@code val} in a folder; they are made if they are not
   * there.
   */
  public TensorBoardLog(Path folder) {
    this.folder = Objects.requireNonNull(folder, "tensorBoardLog: folder is null");
  }

  /** Writes the loss after every so many updates, instead of 50; 0 for never. */
  public TensorBoardLog lossEvery(long updates) {
    stepsBetween = updates;
    return this;
  }

  /** Leaves histograms out. */
  public TensorBoardLog withoutHistograms() {
    drawsHistograms = false;
    return this;
  }

  /**
   * Draws a picture after each report.
   *
   * @param picture see {@link EventWriter#image}
   */
  public TensorBoardLog picture(String name, Supplier<Tensor> picture) {
    Objects.requireNonNull(name, "tensorBoardLog: name is null");
    Objects.requireNonNull(picture, "tensorBoardLog: picture is null");
    pictures.put(name, picture);
    return this;
  }

  @Override
  public void onStart(TrainerState state) {
    firstStep = state.step() + 1;
    training = open("train");
    wantsGradients = drawsHistograms;
    validation = null;
  }

  private EventWriter open(String run) {
    Path place = folder.resolve(run);
    return firstStep == 1 ? EventWriter.open(place) : EventWriter.resume(place, firstStep);
  }

  @Override
  public void onGradients(TrainerState state, Gradients gradients) {
    if (wantsGradients && training != null) {
      wantsGradients = false;
      for (Map.Entry<String, Parameter> entry :
          state.trainer().model().namedParameters().entrySet()) {
        if (gradients.contains(entry.getValue())) {
          training.histogram(
              "gradients/" + entry.getKey(), state.step() + 1, gradients.of(entry.getValue()));
        }
      }
    }
  }

  @Override
  public void onStep(TrainerState state) {
    if (training != null && stepsBetween > 0 && state.step() % stepsBetween == 0) {
      training.scalar("update/loss", state.step(), state.loss());
      if (!Double.isNaN(state.learningRate())) {
        training.scalar("update/learning_rate", state.step(), state.learningRate());
      }
    }
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    EventWriter train = training;
    if (train == null) {
      return;
    }
    values.forEach(
        (name, value) -> {
          if (name.startsWith(VALIDATION)) {
            validation().scalar(name.substring(VALIDATION.length()), state.step(), value);
          } else {
            train.scalar(name, state.step(), value);
          }
        });
    if (drawsHistograms) {
      state
          .trainer()
          .model()
          .namedParameters()
          .forEach((name, p) -> train.histogram("weights/" + name, state.step(), p.tensor()));
    }
    pictures.forEach((name, picture) -> train.image(name, state.step(), picture.get()));
    wantsGradients = drawsHistograms;
  }

  /** There is a run of the validation set only where there is such a set. */
  private EventWriter validation() {
    EventWriter known = validation;
    if (known == null) {
      known = open("val");
      validation = known;
    }
    return known;
  }

  @Override
  public void onEnd(TrainerState state) {
    if (training != null) {
      training.close();
    }
    if (validation != null) {
      validation.close();
    }
    training = null;
    validation = null;
  }

  @Override
  public String toString() {
    return "TensorBoardLog[%s]".formatted(folder);
  }
}
