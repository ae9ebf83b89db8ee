package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.files.EventWriter;
import dev.lanegrad.training.files.Npy;
import dev.lanegrad.training.files.Npz;
import dev.lanegrad.training.files.Safetensors;
import java.nio.file.Path;
import java.util.Map;

/** The README's and the Javadoc's samples of files; the test runs each. */
final class FilesSample {
  private FilesSample() {}

  static Dataset handOn(Layer model, Layer other, Path folder) {
    Path path = folder.resolve("model.safetensors");
    Safetensors.write(model.stateDict(), path);
    other.loadStateDict(Safetensors.read(path).tensors());

    Npz arrays = Npz.read(folder.resolve("digits.npz")); // numpy.savez("digits.npz", x=x, y=y)
    Dataset digits = new Dataset(arrays.tensor("x"), arrays.tensor("y"));
    return digits;
  }

  static void safetensors(Layer model, Path path) {
    Safetensors.write(model.stateDict(), path);
    model.loadStateDict(Safetensors.read(path).tensors());
  }

  static Tensor npy(Tensor tensor, Path path) {
    Npy.write(tensor, path);
    Tensor same = Npy.read(path);
    return same;
  }

  static Tensor npz(Tensor x, Tensor y, Path path) {
    Npz.write(Map.of("x", x, "y", y), path);
    Tensor inputs = Npz.read(path).tensor("x");
    return inputs;
  }

  static void events(Layer model, long step, double loss, Path folder) {
    try (EventWriter log = EventWriter.open(folder)) {
      log.scalar("loss/training", step, loss);
      log.histogram("weights/0", step, model.stateDict().get("0.weight"));
    }
  }
}
