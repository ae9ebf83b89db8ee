package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures of what a model has learned. */
final class DigitsPlots {
  private static final int FILTER_PIXELS = 64;
  private static final int MAP_ZOOM = 2;

  private static final String FILTERS = "filters.png";
  private static final String MAPS = "feature-maps.png";

  private DigitsPlots() {}

  /**
   * Makes the folder and sees to it that the pictures can be written there.
   *
   * @throws SettingException if not
   */
  static void prepare(Path folder) {
    SettingException.unless(
        ModuleLayer.boot().findModule("java.desktop").isPresent(),
        "--plot: pictures need the module java.desktop, which this java was made without");
    try {
      Files.createDirectories(folder);
      AtomicFile.check(folder.resolve(FILTERS));
      AtomicFile.check(folder.resolve(MAPS));
    } catch (IOException e) {
      throw new SettingException("--plot: the folder %s cannot be made".formatted(folder));
    } catch (DataException e) {
      throw new SettingException("--plot: " + e.getMessage());
    }
  }

  /**
   * Writes {@code filters.png} and, where the model has them, {@code feature-maps.png}.
   *
   * @throws DataException if a file cannot be written
   */
  static List<Path> write(Path folder, DigitsModel model, Sequential layer, Dataset test) {
    List<Path> written = new ArrayList<>();
    Tensor filters = filters(layer);
    Path file = folder.resolve(FILTERS);
    Gallery.write(file, filters, Math.max(1, FILTER_PIXELS / filters.shape().dim(-1)));
    written.add(file);
    List<Layer> stage = model.firstStage(layer);
    if (!stage.isEmpty()) {
      Path maps = folder.resolve(MAPS);
      Gallery.write(maps, featureMaps(stage, oneOfEach(test)), MAP_ZOOM);
      written.add(maps);
    }
    return written;
  }

  /** The weights of the first layer in one row, [1, out, height, width]. */
  static Tensor filters(Sequential layer) {
    Tensor weight = layer.parameters().getFirst().tensor().detach();
    int out = weight.shape().dim(0);
    return weight.rank() == 4
        ? weight.reshape(1, out, weight.shape().dim(2), weight.shape().dim(3))
        : weight.reshape(1, out, DigitsModel.SIZE, DigitsModel.SIZE);
  }

  /** A row for each example: it, then what each filter finds in it, [n, 1 + out, 28, 28]. */
  static Tensor featureMaps(List<Layer> stage, Tensor x) {
    Tensor maps = Autodiff.withoutGradient(() -> new Sequential(stage).forward(x));
    return Tensor.concat(1, List.of(x, maps));
  }

  /** The first example of each class that there is. */
  private static Tensor oneOfEach(Dataset data) {
    int[] labels = data.y().toIntArray();
    List<Integer> chosen = new ArrayList<>();
    for (int digit = 0; digit < DigitsModel.CLASSES; digit++) {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == digit) {
          chosen.add(i);
          break;
        }
      }
    }
    return data.select(chosen.stream().mapToInt(Integer::intValue).toArray()).x();
  }
}
