package dev.lanegrad.examples.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures that are committed are those that are drawn; fonts may be another machine's. */
class GuidePicturesTest {
  private static final Path COMMITTED = Path.of("..", "docs", "pictures");
  private static final String CURE = "./run docs --refresh draws it anew";

  /** Of 255; letters of another font differ, and they are few. */
  private static final double LARGEST_DIFFERENCE = 5;

  @TempDir private Path drawn;

  @Test
  void theyAreUpToDate() throws IOException {
    GuidePictures.write(drawn);
    assertEquals(names(drawn), names(COMMITTED), CURE);
    for (String name : names(drawn)) {
      if (name.endsWith(".svg")) {
        assertEquals(
            texts(drawn.resolve(name)), texts(COMMITTED.resolve(name)), name + ": " + CURE);
      } else {
        double difference = difference(drawn.resolve(name), COMMITTED.resolve(name));
        assertTrue(
            difference < LARGEST_DIFFERENCE,
            () -> name + " differs by " + difference + ": " + CURE);
      }
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What can be read in a drawing; where a name is cut off depends on the font. */
  private static List<String> texts(Path svg) throws IOException {
    List<String> texts =
        Pattern.compile("<(?:text|tspan|title|desc)[^>]*>([^<]+)<")
            .matcher(Files.readString(svg))
            .results()
            .map((MatchResult text) -> text.group(1).strip().replaceAll(" .*…$", " …"))
            .sorted()
            .toList();
    assertTrue(!texts.isEmpty(), () -> svg + " says nothing");
    return texts;
  }

  /** The mean difference of a colour. */
  private static double difference(Path png, Path other) throws IOException {
    BufferedImage a = ImageIO.read(png.toFile());
    BufferedImage b = ImageIO.read(other.toFile());
    assertEquals(a.getWidth(), b.getWidth());
    assertEquals(a.getHeight(), b.getHeight());
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a.getRGB(x, y) >> shift & 255) - (b.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }
}
