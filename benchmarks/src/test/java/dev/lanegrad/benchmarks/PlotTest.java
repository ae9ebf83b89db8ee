package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir private Path folder;

  @Test
  void thereIsAChartForEachTableAndEachOther() throws IOException {
    assertSize(1, Examples.FIGURES, List.of());
    assertSize(3, Examples.FIGURES, Examples.COMPARISONS);
  }

  private void assertSize(int charts, List<Figures> figures, List<Comparison> comparisons)
      throws IOException {
    Path file = folder.resolve("figures.png");
    Plot.save(file, figures, comparisons);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(Plot.WIDTH, image.getWidth());
    assertEquals(charts * Plot.HEIGHT, image.getHeight());
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      colours.add(image.getRGB(x, Plot.HEIGHT / 2));
    }
    assertTrue(colours.size() > 2, "bars are drawn");
  }
}
