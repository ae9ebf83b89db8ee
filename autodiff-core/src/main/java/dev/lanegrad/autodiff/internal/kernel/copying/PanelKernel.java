package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.internal.kernel.products.MatMulPanels;

/** Copies a piece of a matrix into a panel, see {@link MatMulPanels}. */
@FunctionalInterface
public interface PanelKernel {
  /**
   * Copies to {@code to[at + k * width + i]}. A kernel that copies reads {@code from[offset + k *
   * step + i]}, one that transposes {@code from[offset + i * step + k]}, for k below {@code depth}
   * and i below the elements of its vectors; so it writes beyond {@code width} where its vectors
   * are longer, always before what belongs there.
   *
   * @param count rows that exist, if the kernel transposes; the last one stands for others
   * @param depth 0, or at least the elements of a vector if the kernel transposes
   * @param table indices for transposing, see {@link PanelWriter#table}
   */
  void run(
      Object from,
      int offset,
      int step,
      int count,
      int depth,
      Object to,
      int at,
      int width,
      Object table);
}
