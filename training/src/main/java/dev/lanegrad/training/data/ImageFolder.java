package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.PinnedArrays;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Pictures in one folder for each class, such as {@code cats/tom.png}: PNG, JPEG, GIF and BMP, by
 * their endings. Classes and files come in the order of their names; hidden ones do not count. A
 * picture that is cut or broken is refused as far as its format shows it: PNG has checksums for all
 * of it; of a JPEG or GIF the compressed data must fit; the pixels of a BMP may be anything.
 *
 * @param data inputs of shape [n, channels, height, width] as float32 from 0 (black) to 1, labels
 *     as int32 positions in {@code classes}
 * @param classes the names of the folders
 */
public record ImageFolder(Dataset data, List<String> classes) {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  /** What becomes of the colours. */
  public enum Colors {
    /** One channel, 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    GRAY,
    /** Three channels: red, green, blue. */
    RGB
  }

  public ImageFolder {
    Objects.requireNonNull(data, "imageFolder: data is null");
    Objects.requireNonNull(classes, "imageFolder: classes is null");
    if (classes.stream().anyMatch(Objects::isNull)) {
      throw new NullPointerException("imageFolder: one of the classes is null");
    }
    classes = List.copyOf(classes);
  }

  /**
   * Reads pictures that have one size.
   *
   * @throws DataException if there is no folder inside, no picture, one that cannot be read, or one
   *     of another size
   */
  public static ImageFolder read(Path root, Colors colors) {
    return read(root, colors, picture -> picture);
  }

  /**
   * Reads pictures and makes all of them one size by linear interpolation, over as many pixels as
   * become one.
   *
   * @throws DataException if there is no folder inside, no picture, or one that cannot be read
   * @throws IllegalArgumentException if a length is less than 1
   */
  public static ImageFolder read(Path root, Colors colors, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "imageFolder: a picture is at least 1 x 1, not %d x %d", height, width));
    }
    return read(root, colors, picture -> picture.resized(height, width));
  }

  private static ImageFolder read(Path root, Colors colors, UnaryOperator<Picture> size) {
    Objects.requireNonNull(root, "imageFolder: root is null");
    Objects.requireNonNull(colors, "imageFolder: colors is null");
    List<Path> folders = list(root, Files::isDirectory);
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      for (Path file : list(folders.get(label), ImageFolder::isPicture)) {
        files.add(file);
        labels.add(label);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(
          root + ": holds no folder with a picture; one folder for each class is needed");
    }
    List<Picture> pictures = files.stream().map(file -> size.apply(picture(file, colors))).toList();
    Tensor x = stack(files, pictures);
    Tensor y = Tensor.ofInts(labels.stream().mapToInt(Integer::intValue).toArray());
    return new ImageFolder(new Dataset(x, y), folders.stream().map(ImageFolder::name).toList());
  }

  private static Tensor stack(List<Path> files, List<Picture> pictures) {
    Picture first = pictures.getFirst();
    int pixels = first.height() * first.width();
    Shape shape = Shape.of(pictures.size(), first.channels().length, first.height(), first.width());
    float[] values = new float[shape.size()];
    int position = 0;
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      if (picture.height() != first.height() || picture.width() != first.width()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: is %d x %d, but %s is %d x %d; give a size to scale them to",
                files.get(i),
                picture.height(),
                picture.width(),
                files.getFirst(),
                first.height(),
                first.width()));
      }
      for (float[] channel : picture.channels()) {
        System.arraycopy(channel, 0, values, position, pixels);
        position += pixels;
      }
    }
    return Tensor.of(shape, values);
  }

  private static Picture picture(Path file, Colors colors) {
    PinnedArrays.warnOnce(); // PNG is compressed
    BufferedImage image = PictureFile.decode(file);
    return switch (colors) {
      case GRAY -> Picture.gray(image);
      case RGB -> Picture.rgb(image);
    };
  }

  private static boolean isPicture(Path file) {
    String name = name(file);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending) && Files.isRegularFile(file);
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !name(entry).startsWith("."))
          .filter(wanted)
          .sorted(Comparator.comparing(ImageFolder::name))
          .toList();
    } catch (IOException e) {
      throw new DataException(folder + ": is no folder that can be read", e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
