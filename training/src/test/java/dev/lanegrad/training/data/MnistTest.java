package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On files that the tests write themselves. */
class MnistTest {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;
  private static final int[] LABELS_OF_2 = {7, 9};

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeTwoPictures() throws IOException {
    images = write("images", idx(IMAGES, new int[] {2, 1, 3}, 0, 51, 102, 153, 204, 255));
    labels = write("labels", idx(LABELS, new int[] {2}, 7, 9));
  }

  private static byte[] idx(int magic, int[] dims, int... elements) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int dim : dims) {
      out.writeInt(dim);
    }
    for (int element : elements) {
      out.writeByte(element);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static void assertTwoPictures(Dataset data) {
    assertEquals(Shape.of(2, 1, 1, 3), data.x().shape());
    assertEquals(DType.FLOAT32, data.x().dtype());
    assertArrayEquals(new float[] {0, 0.2f, 0.4f, 0.6f, 0.8f, 1}, data.x().toFloatArray());
    assertArrayEquals(new int[] {7, 9}, data.y().toIntArray());
  }

  @Test
  void readsPicturesAndLabels() throws IOException {
    assertTwoPictures(Mnist.read(images, labels));
    Path compressed = write("images.gz", gzip(Files.readAllBytes(images)));
    assertTwoPictures(Mnist.read(compressed, labels));
    assertTwoPictures(Mnist.read(compressed, write("l", gzip(Files.readAllBytes(labels)))));
  }

  @Test
  void findsTheUsualNamesCompressedOrNot() throws IOException {
    Files.move(images, folder.resolve("train-images-idx3-ubyte"));
    write("train-labels-idx1-ubyte.gz", gzip(Files.readAllBytes(labels)));
    assertTwoPictures(Mnist.training(folder));

    DataException error = assertThrows(DataException.class, () -> Mnist.test(folder));
    assertEquals(
        folder + ": holds neither t10k-images-idx3-ubyte nor t10k-images-idx3-ubyte.gz",
        error.getMessage());
    Files.move(folder.resolve("train-images-idx3-ubyte"), folder.resolve("t10k-images-idx3-ubyte"));
    Files.move(labels, folder.resolve("t10k-labels-idx1-ubyte"));
    assertTwoPictures(Mnist.test(folder));
  }

  @ParameterizedTest
  @CsvSource({"0, 28, 28", "2, 0, 28", "2, 28, 0"})
  void refusesNothing(int n, int height, int width) throws IOException {
    Path noLabels =
        write("no-labels", idx(LABELS, new int[] {n}, n == 0 ? new int[0] : LABELS_OF_2));
    Path none = write("none", idx(IMAGES, new int[] {n, height, width}));
    assertEquals(
        String.format(
            Locale.ROOT,
            "%s: holds nothing: [%d, %d, %d] pictures, rows and columns",
            none,
            n,
            height,
            width),
        assertThrows(DataException.class, () -> Mnist.read(none, noLabels)).getMessage());
  }

  @Test
  void refusesLabelsBeyondTheClasses() throws IOException {
    Path beyond = write("beyond", idx(LABELS, new int[] {2}, 9, 200));
    assertEquals(
        beyond + ": label 200 of example 1 is none of the 10 classes (0 to 9)",
        assertThrows(DataException.class, () -> Mnist.read(images, beyond)).getMessage());
    assertArrayEquals(new int[] {9, 200}, Mnist.read(images, beyond, 201).y().toIntArray());
    assertThrows(DataException.class, () -> Mnist.read(images, beyond, 200));
    assertThrows(IllegalArgumentException.class, () -> Mnist.read(images, beyond, 0));
  }

  /** Files put together are unpacked one after another; 256 MB of zeros come from 256 KB. */
  private Path bomb(int[] dims) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(gzip(idx(IMAGES, dims)));
    byte[] zeros = gzip(new byte[1 << 24]);
    for (int i = 0; i < 16; i++) {
      bytes.write(zeros);
    }
    return write("bomb.gz", bytes.toByteArray());
  }

  @Test
  void refusesWhatUnpacksToMoreThanMemory() throws IOException {
    Path asPromised = bomb(new int[] {1 << 28, 1, 1});
    assertTrue(
        assertThrows(DataException.class, () -> Mnist.read(asPromised, labels))
            .getMessage()
            .startsWith(
                asPromised
                    + ": [268435456, 1, 1] = 268,435,456 bytes take 2,304 MB as a tensor is made"));
    Path less = bomb(new int[] {(1 << 28) + 1, 1, 1});
    assertEquals(
        less
            + ": the header promises [268435457, 1, 1] = 268,435,457 bytes, but only 268,435,456"
            + " follow",
        assertThrows(DataException.class, () -> Mnist.read(less, labels)).getMessage());
  }

  @Test
  void refusesWhatUnpacksToMoreThanPromised() throws IOException {
    Path more = bomb(new int[] {2, 28, 28});
    assertEquals(
        more + ": more than the [2, 28, 28] = 1,568 bytes that the header promises",
        assertThrows(DataException.class, () -> Mnist.read(more, labels)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 10_000})
  void refusesWhatFollowsCompressedData(int count) throws IOException {
    byte[] whole = gzip(Files.readAllBytes(images));
    byte[] longer = Arrays.copyOf(whole, whole.length + count);
    for (int fill : new int[] {0, 0x1f}) {
      Arrays.fill(longer, whole.length, longer.length, (byte) fill);
      Path file = write("longer.gz", longer);
      assertEquals(
          file + ": something follows its compressed data",
          assertThrows(DataException.class, () -> Mnist.read(file, labels)).getMessage());
    }
  }

  private void assertRefused(byte[] file, String message) throws IOException {
    for (byte[] bytes : new byte[][] {file, gzip(file)}) {
      Path broken = write("broken", bytes);
      DataException error = assertThrows(DataException.class, () -> Mnist.read(broken, labels));
      assertEquals(broken + ": " + message, error.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x0801, 0x00000801",
    "0x0804, 0x00000804",
    "0x0d03, 0x00000d03",
    "0x010803, 0x00010803",
    "0x89504e47, 0x89504e47"
  })
  void refusesAnotherMagic(String magic, String shown) throws IOException {
    assertRefused(
        idx(Integer.parseUnsignedInt(magic.substring(2), 16), new int[] {1, 1, 1}, 5),
        "begins with %s, not with 0x00000803 as an IDX file of bytes in 3 dimensions does"
            .formatted(shown));
  }

  @Test
  void refusesLabelsThatArePictures() {
    DataException error = assertThrows(DataException.class, () -> Mnist.read(images, images));
    assertEquals(
        images
            + ": begins with 0x00000803, not with 0x00000801 as an IDX file of bytes in 1"
            + " dimensions does",
        error.getMessage());
  }

  @Test
  void refusesOtherLengthsThanPromised() throws IOException {
    assertRefused(
        idx(IMAGES, new int[] {2, 1, 3}, 1, 2, 3, 4, 5),
        "the header promises [2, 1, 3] = 6 bytes, but only 5 follow");
    assertRefused(
        idx(IMAGES, new int[] {60_000, 28, 28}, 1, 2, 3),
        "the header promises [60000, 28, 28] = 47,040,000 bytes, but only 3 follow");
    assertRefused(
        idx(IMAGES, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 6, 7),
        "more than the [2, 1, 3] = 6 bytes that the header promises");
  }

  /** An array of that length does not fit into the heap of the tests. */
  @Test
  void takesNoMemoryForWhatAHeaderOnlyClaims() throws IOException {
    assertTrue(Runtime.getRuntime().maxMemory() <= Integer.MAX_VALUE + 1L, "-Xmx2g is set");
    assertRefused(
        idx(IMAGES, new int[] {Integer.MAX_VALUE, 1, 1}, 1),
        "the header promises [2147483647, 1, 1] = 2,147,483,647 bytes, but only 1 follow");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 28, 28",
    "28, 28, -28",
    "2147483647, 2147483647, 2147483647",
    "65536, 65536, 1",
    "1073741824, 2, 1"
  })
  void refusesMoreThanATensorHolds(int n, int height, int width) throws IOException {
    assertRefused(
        idx(IMAGES, new int[] {n, height, width}, 1, 2, 3),
        String.format(
            Locale.ROOT,
            "the header promises [%d, %d, %d] bytes, more than a tensor holds",
            n,
            height,
            width));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 9, 15})
  void refusesAHeaderThatEnds(int length) throws IOException {
    byte[] whole = Files.readAllBytes(images);
    assertRefused(
        Arrays.copyOf(whole, length), "the file ends inside of its header or its compression");
  }

  @Test
  void refusesBrokenCompression() throws IOException {
    byte[] whole = gzip(idx(IMAGES, new int[] {1, 28, 28}, new int[784]));
    Path cut = write("cut.gz", Arrays.copyOf(whole, whole.length - 10));
    assertThrows(DataException.class, () -> Mnist.read(cut, labels));
    whole[whole.length - 5] ^= 1; // of the checksum
    Path changed = write("changed.gz", whole);
    assertTrue(
        assertThrows(DataException.class, () -> Mnist.read(changed, labels))
            .getMessage()
            .startsWith(changed + ": cannot be read: "));
  }

  @Test
  void refusesAnotherNumberOfLabels() throws IOException {
    Path three = write("three", idx(LABELS, new int[] {3}, 1, 2, 3));
    assertEquals(
        images + ": holds 2 pictures, but " + three + " holds 3 labels",
        assertThrows(DataException.class, () -> Mnist.read(images, three)).getMessage());
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path missing = folder.resolve("missing");
    assertEquals(
        missing + ": there is no such file",
        assertThrows(DataException.class, () -> Mnist.read(missing, labels)).getMessage());
    assertThrows(DataException.class, () -> Mnist.read(folder, labels));
    assertThrows(DataException.class, () -> Mnist.training(missing));
  }
}
