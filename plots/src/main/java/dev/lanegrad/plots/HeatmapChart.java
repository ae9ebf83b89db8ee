package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Graphics2D;

/** Paints {@link Heatmap}. */
record HeatmapChart(Heatmap heatmap) implements Drawing.Chart {
  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }
}
