package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.StrokeDigits;
import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L5.5: a small CNN learns its filters, and beats an MLP of equal size. */
class DigitsTest {
  @TempDir private Path folder;

  private static DigitsTraining.Result train(DigitsModel model, DigitsTraining.Data data) {
    return new DigitsTraining(model, 2, 1, 0.005, 50).run(data, _ -> {});
  }

  @Test
  void theModelsAreOfEqualSize() {
    assertEquals(8_755, DigitsModel.MLP.create(new SplittableRandom(1)).parameterCount());
    assertEquals(8_906, DigitsModel.CNN.create(new SplittableRandom(1)).parameterCount());
  }

  /** With a fifth of the examples and a third of the epochs of the example. */
  @Test
  void theCnnLearnsWhatTheMlpCannot() {
    DigitsTraining.Data few =
        new DigitsTraining.Data("few", StrokeDigits.make(2_000, 1), StrokeDigits.make(500, 2));
    DigitsTraining.Result cnn = train(DigitsModel.CNN, few);
    DigitsTraining.Result mlp = train(DigitsModel.MLP, few);

    double difference = cnn.last().testAccuracy() - mlp.last().testAccuracy();
    assertTrue(cnn.last().testAccuracy() > 0.7, () -> cnn.last().toString());
    assertTrue(difference > 0.2, () -> cnn.last() + " against " + mlp.last());
    int[] confusion = cnn.confusion().toIntArray();
    assertEquals(500, IntStream.of(confusion).sum());
    int hits = IntStream.range(0, 10).map(digit -> confusion[11 * digit]).sum();
    assertEquals(cnn.last().testAccuracy(), hits / 500.0, 1e-9);
  }

  private void writeMnist(String start, int count, int size) throws IOException {
    Dataset digits = StrokeDigits.make(count, start.length());
    Path images = folder.resolve(start + "-images-idx3-ubyte");
    try (var out = new DataOutputStream(Files.newOutputStream(images))) {
      out.writeInt(0x0803);
      out.writeInt(count);
      out.writeInt(size);
      out.writeInt(size);
      float[] ink = digits.x().toFloatArray();
      for (int i = 0; i < count * size * size; i++) {
        out.writeByte(Math.round(255 * ink[i]));
      }
    }
    Path labels = folder.resolve(start + "-labels-idx1-ubyte");
    try (var out = new DataOutputStream(Files.newOutputStream(labels))) {
      out.writeInt(0x0801);
      out.writeInt(count);
      for (int label : digits.y().toIntArray()) {
        out.writeByte(label);
      }
    }
  }

  /** On a folder in the form of MNIST's, to the pictures. */
  @Test
  void theCommandReadsFilesAndEndsWithTheConfusionMatrix() throws IOException {
    writeMnist("train", 60, 28);
    writeMnist("t10k", 40, 28);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path plots = folder.resolve("new").resolve("plots");
    int code =
        Main.commandLine(new PrintWriter(out), new PrintWriter(err))
            .execute(("digits --epochs 1 --json --data " + folder + " --plot " + plots).split(" "));
    String text = out.toString();

    assertEquals(0, code, err::toString);
    assertTrue(text.contains(": 60 to train on, 40 to test on"), text);
    int matrix = text.indexOf("how often each class (row) was taken for which (column):");
    assertTrue(matrix > text.indexOf("test accuracy "), text);
    List<String> rows = text.substring(matrix).lines().toList();
    assertTrue(rows.get(11).matches(" +9( +(\\d+|\\.)){10}"), rows.get(11));
    assertTrue(
        rows.get(14).matches("\\{\"example\":\"digits\",\"model\":\"cnn\",.*}"), rows.get(14));
    BufferedImage filters = ImageIO.read(plots.resolve("filters.png").toFile());
    assertEquals(8 * (5 * 12 + 2) + 2, filters.getWidth());
    BufferedImage maps = ImageIO.read(plots.resolve("feature-maps.png").toFile());
    assertEquals(9 * (28 * 2 + 2) + 2, maps.getWidth());
  }

  @Test
  void refusesPicturesOfAnotherSize() throws IOException {
    writeMnist("train", 5, 20);
    writeMnist("t10k", 5, 20);
    assertEquals(
        folder + ": pictures of 28 x 28 are needed, not [5, 1, 20, 20]",
        assertThrows(DataException.class, () -> DigitsTraining.Data.read(folder)).getMessage());
  }

  @Test
  void refusesAnEleventhClass() throws IOException {
    writeMnist("train", 5, 28);
    writeMnist("t10k", 5, 28);
    Files.write(
        folder.resolve("t10k-labels-idx1-ubyte"),
        new byte[] {0, 0, 8, 1, 0, 0, 0, 5, 1, 10, 2, 3, 4});
    assertEquals(
        folder.resolve("t10k-labels-idx1-ubyte")
            + ": label 10 of example 1 is none of the 10 classes (0 to 9)",
        assertThrows(DataException.class, () -> DigitsTraining.Data.read(folder)).getMessage());
  }

  @Test
  void filtersAreTheWeightsOfTheFirstLayer() {
    Sequential cnn = DigitsModel.CNN.create(new SplittableRandom(1));
    Sequential mlp = DigitsModel.MLP.create(new SplittableRandom(1));

    assertEquals(Shape.of(1, 8, 5, 5), DigitsPlots.filters(cnn).shape());
    assertEquals(Shape.of(1, 11, 28, 28), DigitsPlots.filters(mlp).shape());
    assertArrayEquals(
        cnn.parameters().getFirst().tensor().toFloatArray(),
        DigitsPlots.filters(cnn).toFloatArray());
  }

  /** A map is what the filter finds where it is, nothing where that is negative. */
  @Test
  void featureMapsComeAfterTheirPicture() {
    Sequential cnn = DigitsModel.CNN.create(new SplittableRandom(1));
    Dataset two = StrokeDigits.make(2, 1);
    Tensor maps = DigitsPlots.featureMaps(DigitsModel.CNN.firstStage(cnn), two.x());

    assertEquals(Shape.of(2, 9, 28, 28), maps.shape());
    assertArrayEquals(two.x().toFloatArray(), maps.slice(1, 0, 1).toFloatArray());
    Tensor window = two.x().slice(0, 1, 2).slice(2, 8, 13).slice(3, 8, 13).reshape(5, 5);
    Tensor filter = cnn.parameters().get(0).tensor().select(0, 3).reshape(5, 5);
    double bias = cnn.parameters().get(1).tensor().toFloatArray()[3];
    assertEquals(
        Math.max(0, window.mul(filter).sum().item() + bias),
        maps.select(0, 1).select(0, 4).select(0, 10).select(0, 10).item(),
        1e-5);
  }

  @Test
  void aGalleryScalesEachPictureForItself() {
    Tensor pictures = Tensor.of(Shape.of(1, 2, 1, 2), new double[] {0, 4, -1, -3});
    BufferedImage image = Gallery.paint(pictures, 3);

    assertEquals(2 * (2 * 3 + 2) + 2, image.getWidth());
    assertEquals(3 + 2 + 2, image.getHeight());
    int[] samples = image.getRaster().getSamples(0, 3, image.getWidth(), 1, 0, (int[]) null);
    assertArrayEquals(
        new int[] {96, 96, 0, 0, 0, 255, 255, 255, 96, 96, 255, 255, 255, 0, 0, 0, 96, 96},
        samples);
    assertEquals(96, image.getRaster().getSample(4, 1, 0));
  }
}
