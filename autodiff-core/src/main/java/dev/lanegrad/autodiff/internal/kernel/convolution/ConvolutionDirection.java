package dev.lanegrad.autodiff.internal.kernel.convolution;

/** What a convolution and its transpose differ in: what is read, and what is written. */
record ConvolutionDirection(
    ConvolutionAxis rows,
    ConvolutionAxis columns,
    int sourceChannels,
    int channels,
    int resultRows,
    int resultColumns) {
  static ConvolutionDirection forward(ConvolutionShape shape) {
    return new ConvolutionDirection(
        ConvolutionAxis.forward(shape.rows()),
        ConvolutionAxis.forward(shape.columns()),
        shape.in(),
        shape.out(),
        shape.rows().positions(),
        shape.columns().positions());
  }

  static ConvolutionDirection transposed(ConvolutionShape shape) {
    return new ConvolutionDirection(
        ConvolutionAxis.transposed(shape.rows()),
        ConvolutionAxis.transposed(shape.columns()),
        shape.out(),
        shape.in(),
        shape.rows().length(),
        shape.columns().length());
  }

  /** Whether all results come from the same elements of the kernel. */
  boolean isSingle() {
    return isCovered() && rows.targets().size() == 1 && columns.targets().size() == 1;
  }

  boolean isCovered() {
    return rows.covers(resultRows) && columns.covers(resultColumns);
  }
}
