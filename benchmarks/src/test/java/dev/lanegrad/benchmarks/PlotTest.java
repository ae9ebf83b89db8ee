package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlotTest {
  @Test
  void thereIsAChartForEachTableAndEachOther() throws IOException {
    assertSize(1, Examples.FIGURES, List.of());
    assertSize(3, Examples.FIGURES, Examples.COMPARISONS);
  }

  private static void assertSize(int charts, List<Figures> figures, List<Comparison> comparisons)
      throws IOException {
    byte[] png = Plot.png(figures, comparisons);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(Plot.WIDTH, image.getWidth());
    assertEquals(charts * Plot.HEIGHT, image.getHeight());
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      colours.add(image.getRGB(x, Plot.HEIGHT / 2));
    }
    assertTrue(colours.size() > 2, "bars are drawn");
  }
}
