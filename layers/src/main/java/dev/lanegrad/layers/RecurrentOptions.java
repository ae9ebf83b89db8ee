package dev.lanegrad.layers;

/**
 * How {@link RNN}, {@link GRU} and {@link LSTM} are put together; see {@link #DEFAULTS}.
 *
 * @param layers how many are stacked, each on the outputs of the one before
 * @param bidirectional whether each layer also reads the sequence from its end; the outputs of both
 *     directions are joined, the forward one first
 * @param batchFirst whether sequences are {@code [n, steps, ..]} instead of {@code [steps, n, ..]}
 * @param dropout the rate of {@link Dropout} on the outputs of every layer but the last
 * @param bias whether there are biases
 */
public record RecurrentOptions(
    int layers, boolean bidirectional, boolean batchFirst, double dropout, boolean bias) {
  /** PyTorch's: one layer, forward only, steps first, no dropout, with biases. */
  public static final RecurrentOptions DEFAULTS = new RecurrentOptions(1, false, false, 0, true);

  /**
   * Options, each in the place that its name says.
   *
   * @throws IllegalArgumentException if there is no layer, or the dropout is not from 0 to 1
   */
  public RecurrentOptions {
    if (layers < 1) {
      throw new IllegalArgumentException("recurrent: at least one layer, not " + layers);
    }
    Require.part("recurrent", "dropout rate", dropout);
  }

  /** With so many layers. */
  public RecurrentOptions withLayers(int count) {
    return new RecurrentOptions(count, bidirectional, batchFirst, dropout, bias);
  }

  /** Reading both ways. */
  public RecurrentOptions withBothDirections() {
    return new RecurrentOptions(layers, true, batchFirst, dropout, bias);
  }

  /** With sequences {@code [n, steps, ..]}. */
  public RecurrentOptions withBatchFirst() {
    return new RecurrentOptions(layers, bidirectional, true, dropout, bias);
  }

  /** With dropout between layers. */
  public RecurrentOptions withDropout(double rate) {
    return new RecurrentOptions(layers, bidirectional, batchFirst, rate, bias);
  }

  /** Without biases. */
  public RecurrentOptions withoutBias() {
    return new RecurrentOptions(layers, bidirectional, batchFirst, dropout, false);
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }
}
