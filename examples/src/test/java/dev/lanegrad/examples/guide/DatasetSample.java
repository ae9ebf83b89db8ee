package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.ImageTransforms;
import dev.lanegrad.training.data.CsvTable;
import dev.lanegrad.training.data.Mnist1d;
import dev.lanegrad.training.data.StrokeDigits;
import dev.lanegrad.training.files.Npz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The samples of the page about data that print. */
final class DatasetSample {
  static final List<Runnable> PRINTING =
      List.of(
          DatasetSample::pairs,
          DatasetSample::loader,
          DatasetSample::augmented,
          () -> TrainerSample.inFolder(DatasetSample::csv),
          () -> TrainerSample.inFolder(DatasetSample::arrays),
          DatasetSample::made);

  private DatasetSample() {}

  static void pairs() {
    Tensor x = Tensor.arange(DType.FLOAT32, 0, 20, 1).reshape(10, 2);
    Tensor y = Tensor.ofInts(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    List<Dataset> parts = new Dataset(x, y).shuffled(42).split(0.8, 0.2);
    System.out.println(parts.get(0).size() + " to train on, " + parts.get(1).size() + " to test");
    Batch batch = parts.get(0).batches(3).getFirst();
    System.out.println(batch.x().shape() + " " + batch.y());
  }

  static void loader() {
    Dataset data = StrokeDigits.make(100, 1);
    DataLoader loader = new DataLoader(data, 32).shuffled(42);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : loader.epoch(epoch)) { // in another order each epoch
        System.out.print(batch.x().shape() + " ");
      }
      System.out.println();
    }
  }

  static void augmented() {
    Dataset digits = StrokeDigits.make(100, 1);
    DataLoader loader =
        new DataLoader(digits, 32)
            .shuffled(42)
            .transformed(ImageTransforms.shift(2).then(ImageTransforms.rotate(10)), 7);
    System.out.println(loader.description());
  }

  static void csv(Path folder) {
    Path file = folder.resolve("iris.csv");
    write(file, "length,width,species\n5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,virginica\n");
    CsvTable iris = CsvTable.read(file);
    System.out.println(iris.classes("species") + " " + iris.labels("species"));
    System.out.println(iris.classification("species").x());
  }

  static void arrays(Path folder) {
    Path file = folder.resolve("points.npz"); // or numpy.savez("points.npz", x=x, y=y)
    Npz.write(Map.of("x", Tensor.of(new float[][] {{1, 2}}), "y", Tensor.ofInts(1)), file);
    Npz points = Npz.read(file);
    var data = new Dataset(points.tensor("x"), points.tensor("y"));
    System.out.println(data.x() + " " + data.y());
  }

  static void made() {
    Mnist1d data = Mnist1d.make();
    Dataset training = data.training(DType.FLOAT32);
    System.out.println(training.x().shape() + " " + training.y().shape());
    System.out.println(training.x().slice(0, 0, 1).slice(1, 0, 3));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
