package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.training.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of pictures, which AWT would complete by itself. */
class BrokenPicturesTest {
  private static final int SIZE = 80;

  @TempDir private Path folder;

  /** Blobs and noise: neither all alike nor incompressible. */
  private static BufferedImage image() {
    SplittableRandom random = new SplittableRandom(1);
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int shade = (x * y / 16 + random.nextInt(32)) & 0xff;
        image.setRGB(x, y, shade << 16 | (255 - shade) << 8 | x);
      }
    }
    return image;
  }

  private static byte[] encoded(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (format.equals("progressive jpg")) {
      ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
      ImageWriteParam progressive = writer.getDefaultWriteParam();
      progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        writer.setOutput(out);
        writer.write(null, new IIOImage(image(), null, null), progressive);
      }
      writer.dispose();
    } else {
      assertTrue(ImageIO.write(image(), format, bytes));
    }
    return bytes.toByteArray();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("picture"), bytes);
  }

  private boolean isRefused(byte[] bytes) throws IOException {
    Path file = write(bytes);
    try {
      PictureFile.decode(file);
      return false;
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "progressive jpg", "png", "gif", "bmp"})
  void aPartIsRefused(String format) throws IOException {
    byte[] whole = encoded(format);
    assertEquals(SIZE, PictureFile.decode(write(whole)).getWidth());
    for (int percent = 1; percent < 100; percent += 3) {
      int length = whole.length * percent / 100;
      assertTrue(isRefused(Arrays.copyOf(whole, length)), () -> format + " of " + length);
    }
    for (int missing = 1; missing < 4; missing++) {
      assertTrue(isRefused(Arrays.copyOf(whole, whole.length - missing)), format + missing);
    }
  }

  /** Of a hundred places where 64 bytes are overwritten, in how many that is noticed. */
  private int refused(byte[] whole) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    int refused = 0;
    for (int place = 0; place < 100; place++) {
      byte[] changed = whole.clone();
      int begin = (whole.length - 64) * place / 99;
      for (int i = begin; i < begin + 64; i++) {
        changed[i] = (byte) (place % 2 == 0 ? random.nextInt() : ~changed[i]);
      }
      refused += isRefused(changed) ? 1 : 0;
    }
    return refused;
  }

  /** A PNG has checksums; a JPEG may by chance go on as another one. */
  @Test
  void overwrittenBytesAreRefused() throws IOException {
    assertEquals(100, refused(encoded("png")));
    int jpeg = refused(encoded("jpg"));
    assertTrue(jpeg >= 70, () -> jpeg + " of 100");
    int progressive = refused(encoded("progressive jpg"));
    assertTrue(progressive >= 70, () -> progressive + " of 100");
    int gif = refused(encoded("gif"));
    assertTrue(gif >= 70, () -> gif + " of 100");
  }

  @Test
  void everyBitOfAPngCounts() throws IOException {
    byte[] whole = encoded("png");
    for (int i = 0; i < whole.length; i += 97) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      int place = i;
      assertTrue(isRefused(changed), () -> "byte " + place);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void whatFollowsAPictureDoesNotCount(String format) throws IOException {
    byte[] whole = encoded(format);
    assertNotNull(PictureFile.decode(write(Arrays.copyOf(whole, whole.length + 100))));
  }

  /** A header of a few bytes may ask for any memory. */
  @Test
  void moreThanMemoryIsRefused() throws IOException {
    byte[] bytes = encoded("png");
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putInt(16, 300_000).putInt(20, 300_000);
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 12, 17);
    header.putInt(29, (int) checksum.getValue());
    Path file = write(bytes);
    String message = assertThrows(DataException.class, () -> PictureFile.decode(file)).getMessage();
    assertTrue(
        message.startsWith(file + ": says that it is 300,000 x 300,000, which takes 1,373,291 MB"),
        message);
  }
}
