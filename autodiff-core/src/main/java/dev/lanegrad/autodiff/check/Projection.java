package dev.lanegrad.autodiff.check;

/** From one number for each element of each output to a single number that is compared. */
sealed interface Projection {
  /** The projected number. */
  double of(double[][] numbers);

  /** The sum of magnitudes that {@link #of} adds up. */
  double size(double[][] numbers);

  /** One element of one output. */
  record Entry(int output, int element) implements Projection {
    @Override
    public double of(double[][] numbers) {
      return numbers[output][element];
    }

    @Override
    public double size(double[][] numbers) {
      return Math.abs(numbers[output][element]);
    }
  }

  /** The sum of all elements, each with a weight. */
  record Weighted(double[][] weights) implements Projection {
    @Override
    public double of(double[][] numbers) {
      double sum = 0;
      for (int k = 0; k < numbers.length; k++) {
        for (int j = 0; j < numbers[k].length; j++) {
          sum += weights[k][j] * numbers[k][j];
        }
      }
      return sum;
    }

    @Override
    public double size(double[][] numbers) {
      double sum = 0;
      for (int k = 0; k < numbers.length; k++) {
        for (int j = 0; j < numbers[k].length; j++) {
          sum += Math.abs(weights[k][j] * numbers[k][j]);
        }
      }
      return sum;
    }
  }
}
