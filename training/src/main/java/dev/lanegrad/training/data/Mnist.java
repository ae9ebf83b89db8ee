package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads MNIST, Fashion-MNIST and whatever else comes in their four files, each compressed by gzip
 * ({@code .gz}) or not: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database", 1998; Xiao, Rasul and Vollgraf,
 * "Fashion-MNIST", 2017.
 */
public final class Mnist {
  private static final float WHITE = 255;

  private Mnist() {}

  /**
   * The examples to train on; see {@link #read}.
   *
   * @throws DataException if the folder has no such files, or {@link #read} refuses them
   */
  public static Dataset training(Path folder) {
    return read(find(folder, "train-images-idx3-ubyte"), find(folder, "train-labels-idx1-ubyte"));
  }

  /**
   * The examples to test on; see {@link #read}.
   *
   * @throws DataException if the folder has no such files, or {@link #read} refuses them
   */
  public static Dataset test(Path folder) {
    return read(find(folder, "t10k-images-idx3-ubyte"), find(folder, "t10k-labels-idx1-ubyte"));
  }

  /**
   * Pictures as float32 of shape [n, 1, height, width] from 0 (paper) to 1 (ink), and their classes
   * as int32 of shape [n].
   *
   * @throws DataException if a file cannot be read, is no IDX file of bytes, is shorter or longer
   *     than its header says, or there are not as many labels as pictures
   */
  public static Dataset read(Path images, Path labels) {
    IdxFile pictures = IdxFile.read(images, 3);
    IdxFile classes = IdxFile.read(labels, 1);
    int count = pictures.shape().dim(0);
    if (count != classes.shape().dim(0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds %,d pictures, but %s holds %,d labels",
              images,
              count,
              labels,
              classes.shape().dim(0)));
    }
    byte[] bytes = pictures.bytes();
    float[] ink = new float[bytes.length];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = Byte.toUnsignedInt(bytes[i]) / WHITE;
    }
    int[] y = new int[count];
    for (int i = 0; i < count; i++) {
      y[i] = Byte.toUnsignedInt(classes.bytes()[i]);
    }
    Shape shape = Shape.of(count, 1, pictures.shape().dim(1), pictures.shape().dim(2));
    return new Dataset(Tensor.of(shape, ink), Tensor.ofInts(y));
  }

  private static Path find(Path folder, String name) {
    return List.of(name, name + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new DataException("%s: holds neither %s nor %s.gz".formatted(folder, name, name)));
  }
}
