package dev.lanegrad.plots;

/** Rows of numbers, all equally long, as pictures are given them. */
final class Grid {
  private Grid() {}

  /**
   * A copy.
   *
   * @param picture what it is for, in messages
   */
  static double[][] copy(String picture, String name, double[][] rows) {
    Present.all(picture, name, rows);
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException(picture + ": " + name + " has no numbers");
    }
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "%s: row %s of %s has %s numbers, row 0 has %s"
                .formatted(
                    picture,
                    Integer.toString(i),
                    name,
                    Integer.toString(rows[i].length),
                    Integer.toString(rows[0].length)));
      }
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  /** A copy of what has been checked. */
  static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }
}
