package dev.lanegrad.plots;

import java.util.List;

/**
 * Pictures in one file, one below the other, each as high as one alone would be.
 *
 * @param pictures from top to bottom
 */
public record Column(List<Picture> pictures) implements Picture {
  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Column {
    pictures = Present.all("column", "pictures", pictures);
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("column: has no pictures");
    }
  }

  /** From top to bottom. */
  public static Column of(Picture... pictures) {
    return new Column(Present.all("column", "pictures", pictures));
  }
}
