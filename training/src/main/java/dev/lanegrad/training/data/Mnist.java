package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads MNIST, Fashion-MNIST, EMNIST and whatever else comes in their four files, each compressed
 * by gzip ({@code .gz}) or not: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
 * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database", 1998; Xiao, Rasul and Vollgraf,
 * "Fashion-MNIST", 2017.
 */
public final class Mnist {
  private static final float WHITE = 255;
  private static final int CLASSES = 10;

  private Mnist() {}

  /**
   * The examples to train on; see {@link #read(Path, Path)}.
   *
   * @throws DataException if the folder has no such files, or {@link #read(Path, Path)} refuses
   *     them
   */
  public static Dataset training(Path folder) {
    return read(find(folder, "train-images-idx3-ubyte"), find(folder, "train-labels-idx1-ubyte"));
  }

  /**
   * The examples to test on; see {@link #read(Path, Path)}.
   *
   * @throws DataException if the folder has no such files, or {@link #read(Path, Path)} refuses
   *     them
   */
  public static Dataset test(Path folder) {
    return read(find(folder, "t10k-images-idx3-ubyte"), find(folder, "t10k-labels-idx1-ubyte"));
  }

  /**
   * Pictures of ten classes; see {@link #read(Path, Path, int)}.
   *
   * @throws DataException if {@link #read(Path, Path, int)} refuses them
   */
  public static Dataset read(Path images, Path labels) {
    return read(images, labels, CLASSES);
  }

  /**
   * Pictures as float32 of shape [n, 1, height, width] from 0 (paper) to 1 (ink), and their classes
   * as int32 of shape [n].
   *
   * @param classes how many there are: labels are below
   * @throws DataException if a file cannot be read, is no IDX file of bytes, is shorter or longer
   *     than its header says, or larger than memory; if there is no picture, or one without a
   *     pixel; if there are not as many labels as pictures, or a label is none of the classes
   * @throws IllegalArgumentException if there are fewer classes than one
   */
  public static Dataset read(Path images, Path labels, int classes) {
    Objects.requireNonNull(images, "mnist: images is null");
    Objects.requireNonNull(labels, "mnist: labels is null");
    if (classes < 1) {
      throw new IllegalArgumentException("mnist: there is at least 1 class, not " + classes);
    }
    IdxFile pictures = IdxFile.read(images, 3);
    IdxFile answers = IdxFile.read(labels, 1);
    int count = pictures.shape().dim(0);
    if (count != answers.shape().dim(0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds %,d pictures, but %s holds %,d labels",
              images,
              count,
              labels,
              answers.shape().dim(0)));
    }
    byte[] bytes = pictures.bytes();
    if (bytes.length == 0) {
      throw new DataException(
          "%s: holds nothing: %s pictures, rows and columns".formatted(images, pictures.shape()));
    }
    int[] y = classes(labels, answers.bytes(), classes);
    float[] ink = new float[bytes.length];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = Byte.toUnsignedInt(bytes[i]) / WHITE;
    }
    Shape shape = Shape.of(count, 1, pictures.shape().dim(1), pictures.shape().dim(2));
    return new Dataset(Tensor.of(shape, ink), Tensor.ofInts(y));
  }

  private static int[] classes(Path file, byte[] answers, int classes) {
    int[] y = new int[answers.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Byte.toUnsignedInt(answers[i]);
      if (y[i] >= classes) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: label %d of example %,d is none of the %d classes (0 to %d)",
                file,
                y[i],
                i,
                classes,
                classes - 1));
      }
    }
    return y;
  }

  private static Path find(Path folder, String name) {
    Objects.requireNonNull(folder, "mnist: folder is null");
    return List.of(name, name + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new DataException("%s: holds neither %s nor %s.gz".formatted(folder, name, name)));
  }
}
