package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.data.ImageFolder.Colors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path root;

  private void write(String name, int type, int width, int... pixels) throws IOException {
    BufferedImage image = new BufferedImage(width, pixels.length / width, type);
    for (int i = 0; i < pixels.length; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY || type == BufferedImage.TYPE_USHORT_GRAY) {
        image.getRaster().setSample(i % width, i / width, 0, pixels[i]);
      } else {
        image.setRGB(i % width, i / width, pixels[i]);
      }
    }
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()));
  }

  private String refusal() {
    return assertThrows(DataException.class, () -> ImageFolder.read(root, Colors.RGB)).getMessage();
  }

  @Test
  void foldersAreClassesInTheOrderOfTheirNames() throws IOException {
    write("dogs/b.png", BufferedImage.TYPE_INT_RGB, 2, 0x000000, 0xffffff);
    write("dogs/a.bmp", BufferedImage.TYPE_INT_RGB, 2, 0x330000, 0x000066);
    write("cats/c.png", BufferedImage.TYPE_INT_RGB, 2, 0x00ff00, 0xff0000);
    Files.writeString(root.resolve("cats").resolve("notes.txt"), "about cats");
    Files.writeString(root.resolve("cats").resolve(".hidden.png"), "");
    Files.createDirectories(root.resolve("empty"));
    ImageFolder images = ImageFolder.read(root, Colors.RGB);

    assertEquals(List.of("cats", "dogs", "empty"), images.classes());
    assertArrayEquals(new int[] {0, 1, 1}, images.data().y().toIntArray());
    assertEquals(Shape.of(3, 3, 1, 2), images.data().x().shape());
    assertArrayEquals(
        new float[] {
          0,
          1,
          1,
          0,
          0,
          0, // cats/c: red, green, blue
          0.2f,
          0,
          0,
          0,
          0,
          0.4f, // dogs/a
          0,
          1,
          0,
          1,
          0,
          1 // dogs/b
        },
        images.data().x().toFloatArray());
  }

  @Test
  void coloursBecomeGray() throws IOException {
    write("k/a.png", BufferedImage.TYPE_INT_RGB, 4, 0xff0000, 0x00ff00, 0x0000ff, 0xffffff);
    ImageFolder images = ImageFolder.read(root, Colors.GRAY);

    assertEquals(Shape.of(1, 1, 1, 4), images.data().x().shape());
    assertArrayEquals(
        new float[] {0.299f, 0.587f, 0.114f, 1}, images.data().x().toFloatArray(), 1e-6f);
  }

  /** AWT would make other numbers of them, as it takes gray for linear light. */
  @Test
  void graySamplesStayWhatTheyAre() throws IOException {
    write("k/a.png", BufferedImage.TYPE_BYTE_GRAY, 2, 51, 102);
    float[] expected = {0.2f, 0.4f};
    assertArrayEquals(expected, ImageFolder.read(root, Colors.GRAY).data().x().toFloatArray());
    assertArrayEquals(
        new float[] {0.2f, 0.4f, 0.2f, 0.4f, 0.2f, 0.4f},
        ImageFolder.read(root, Colors.RGB).data().x().toFloatArray());

    write("k/a.png", BufferedImage.TYPE_USHORT_GRAY, 2, 13107, 26214);
    assertArrayEquals(expected, ImageFolder.read(root, Colors.GRAY).data().x().toFloatArray());
  }

  @Test
  void picturesWithFewColoursAndTransparencyAreRead() throws IOException {
    write("k/a.gif", BufferedImage.TYPE_BYTE_BINARY, 2, 0x000000, 0xffffff);
    write("k/b.png", BufferedImage.TYPE_INT_ARGB, 2, 0xff336699, 0xffffffff);

    assertArrayEquals(
        new float[] {0, 1, 0, 1, 0, 1, 0.2f, 1, 0.4f, 1, 0.6f, 1},
        ImageFolder.read(root, Colors.RGB).data().x().toFloatArray());
  }

  @Test
  void otherSizesAreScaled() throws IOException {
    write("k/a.png", BufferedImage.TYPE_BYTE_GRAY, 2, 0, 102, 102, 204);
    write("k/b.png", BufferedImage.TYPE_BYTE_GRAY, 1, 51);
    write("k/c.png", BufferedImage.TYPE_BYTE_GRAY, 8, new int[32]);
    ImageFolder same = ImageFolder.read(root, Colors.GRAY, 2, 2);
    ImageFolder larger = ImageFolder.read(root, Colors.GRAY, 4, 4);

    assertArrayEquals(
        new float[] {0, 0.4f, 0.4f, 0.8f, 0.2f, 0.2f, 0.2f, 0.2f, 0, 0, 0, 0},
        same.data().x().toFloatArray(),
        1e-6f);
    assertArrayEquals(
        new float[] {0, 0.1f, 0.3f, 0.4f},
        larger.data().x().slice(0, 0, 1).slice(2, 0, 1).toFloatArray(),
        1e-6f);
  }

  /** Weights 1 3 3 1 around the middle of two pixels; at the edge what is outside is left out. */
  @Test
  void shrinkingCountsEveryPixel() {
    float[] row = {8, 0, 0, 0, 0, 0, 0, 16};
    Picture picture = new Picture(1, 8, new float[][] {row});

    assertArrayEquals(
        new float[] {8 * 3 / 7f, 0, 0, 16 * 3 / 7f}, picture.resized(1, 4).channels()[0], 1e-5f);
    assertArrayEquals(new float[] {3}, picture.resized(1, 1).channels()[0], 1.5f);
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    assertEquals(
        root + ": holds no folder with a picture; one folder for each class is needed", refusal());
    write("k/a.png", BufferedImage.TYPE_INT_RGB, 2, 0, 0);
    write("k/b.png", BufferedImage.TYPE_INT_RGB, 1, 0, 0);
    assertEquals(
        root.resolve("k").resolve("b.png")
            + ": is 2 x 1, but "
            + root.resolve("k").resolve("a.png")
            + " is 1 x 2; give a size to scale them to",
        refusal());
    Path broken = root.resolve("k").resolve("a.png");
    Files.writeString(broken, "no picture");
    assertEquals(broken + ": is no picture of a known format", refusal());
    Files.write(broken, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0});
    assertTrue(refusal().startsWith(broken + ": cannot be read as a picture: "), refusal());
    Path missing = root.resolve("missing");
    assertThrows(DataException.class, () -> ImageFolder.read(missing, Colors.RGB));
    assertThrows(IllegalArgumentException.class, () -> ImageFolder.read(root, Colors.RGB, 0, 1));
  }
}
