package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.Shape;

/** What a file says about one of its tensors. */
public final class TensorEntry {
  private final String name;
  private final ElementType type;
  private final long[] dimensions;
  private final long begin;
  private final long end;

  TensorEntry(String name, ElementType type, long[] dimensions, long begin, long end) {
    this.name = name;
    this.type = type;
    this.dimensions = dimensions;
    this.begin = begin;
    this.end = end;
  }

  /** The name, for the numbers of a model a dotted path such as {@code 0.weight}. */
  public String name() {
    return name;
  }

  /** What the file holds; a tensor is read as {@link ElementType#dtype}. */
  public ElementType type() {
    return type;
  }

  /** The lengths of the dimensions as unsigned numbers; files may have more than tensors. */
  public long[] dimensions() {
    return dimensions.clone();
  }

  /** Bytes that the elements take in the file. */
  public long bytes() {
    return end - begin;
  }

  /** Where the elements begin, from the end of the header. */
  long begin() {
    return begin;
  }

  long end() {
    return end;
  }

  /**
   * The shape of the tensor.
   *
   * @throws ConversionException if it has more elements than a tensor holds
   */
  Shape shape(String label) {
    return Elements.shape(label, dimensions);
  }

  String shapeText() {
    return Elements.shapeText(dimensions);
  }

  @Override
  public String toString() {
    return "%s: %s %s".formatted(name, type, shapeText());
  }
}
