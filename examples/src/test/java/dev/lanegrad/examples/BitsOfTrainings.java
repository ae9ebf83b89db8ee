package dev.lanegrad.examples;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.examples.lectures.convolution.Mnist1dModel;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.testing.BitsProgram;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.data.StrokeDigits;

/** Prints the bits of the weights of every example's model after 30 steps; for {@link BitsTest}. */
final class BitsOfTrainings {
  private static final int STEPS = 30;
  private static final int BATCH = 20;
  private static final int HASH_DIGITS = 16;

  private BitsOfTrainings() {}

  public static void main(String[] arguments) {
    for (Mnist1dModel model : Mnist1dModel.values()) {
      Mnist1dTraining training = new Mnist1dTraining(model, false, STEPS, 42, 0.01, BATCH);
      print("mnist1d/" + model, training.run(report -> {}).weights());
    }
    for (DigitsModel model : DigitsModel.values()) {
      DigitsTraining training = new DigitsTraining(model, 1, 42, 0.003, BATCH);
      DigitsTraining.Data digits =
          new DigitsTraining.Data(
              "few", StrokeDigits.make(STEPS * BATCH, 1), StrokeDigits.make(BATCH, 2));
      print("digits/" + model, weights(training.run(digits, report -> {}).layer()));
    }
    for (SequenceTask task : SequenceTask.values()) {
      TransformerTraining training = new TransformerTraining(task, 6, STEPS, 42, 0.003, BATCH);
      print("transformer/" + task, weights(training.run(report -> {}).layer()));
    }
    BitsProgram.end();
  }

  private static String weights(Layer layer) {
    return Fingerprint.of(layer.parameters());
  }

  private static void print(String row, String weights) {
    BitsProgram.print(row, DType.FLOAT32, weights.substring(0, HASH_DIGITS), null);
  }
}
