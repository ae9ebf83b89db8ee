package dev.lanegrad.training;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.function.Supplier;

/**
 * Where each pixel of a picture comes from: pixel (r, c) from row {@code rr r + rc c + r0} and
 * column {@code cr r + cc c + c0} of the source, between whole numbers by bilinear interpolation,
 * outside of it 0.
 */
record Affine(double rr, double rc, double r0, double cr, double cc, double c0) {
  /** Moves pixels by whole rows down and columns to the right. */
  static Affine shift(int down, int right) {
    return new Affine(1, 0, -down, 0, 1, -right);
  }

  /** Turns around the middle of a picture, counterclockwise as it is seen. */
  static Affine rotation(double degrees, int height, int width) {
    double angle = degrees * (Math.PI / 180);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double middleRow = (height - 1) / 2.0;
    double middleColumn = (width - 1) / 2.0;
    return new Affine(
        cos,
        sin,
        middleRow - cos * middleRow - sin * middleColumn,
        -sin,
        cos,
        middleColumn + sin * middleRow - cos * middleColumn);
  }

  /** Swaps left and right. */
  static Affine mirror(int width) {
    return new Affine(1, 0, 0, 0, -1, width - 1);
  }

  /**
   * Maps each example by a draw of its own, all its channels alike.
   *
   * <p>Shapes: {@code [n, .., h, w] -> [n, .., height, width]}.
   */
  static Tensor map(Tensor x, int height, int width, Supplier<Affine> draw) {
    int[] dims = x.shape().toArray();
    double[] source = x.toDoubleArray();
    int rank = dims.length;
    int sourceHeight = dims[rank - 2];
    int sourceWidth = dims[rank - 1];
    int planes = 1;
    for (int axis = 1; axis < rank - 2; axis++) {
      planes *= dims[axis];
    }
    dims[rank - 2] = height;
    dims[rank - 1] = width;
    Shape shape = Shape.of(dims);
    double[] target = new double[shape.size()];
    for (int example = 0; example < dims[0]; example++) {
      Affine map = draw.get();
      for (int plane = example * planes; plane < (example + 1) * planes; plane++) {
        Plane from =
            new Plane(source, plane * sourceHeight * sourceWidth, sourceHeight, sourceWidth);
        map.fill(target, plane * height * width, height, width, from);
      }
    }
    return Tensor.ofDoubles(x.dtype(), shape, target);
  }

  private void fill(double[] target, int offset, int height, int width, Plane from) {
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        target[offset + r * width + c] = from.at(rr * r + rc * c + r0, cr * r + cc * c + c0);
      }
    }
  }

  /**
   * Checks that a tensor holds pictures.
   *
   * @throws ShapeException if it is not of shape [n, .., h, w]
   */
  static void checkPictures(String name, Tensor x) {
    if (x.rank() < 3) {
      throw new ShapeException(
          "%s: takes pictures [n, height, width] or [n, channels, height, width], not %s"
              .formatted(name, x.shape()));
    }
  }

  /** One channel of a picture. */
  private record Plane(double[] values, int offset, int height, int width) {
    double at(double row, double column) {
      int top = (int) Math.floor(row);
      int left = (int) Math.floor(column);
      double down = row - top;
      double right = column - left;
      double above = (1 - right) * pixel(top, left) + right * pixel(top, left + 1);
      double below = (1 - right) * pixel(top + 1, left) + right * pixel(top + 1, left + 1);
      return (1 - down) * above + down * below;
    }

    private double pixel(int row, int column) {
      boolean inside = row >= 0 && row < height && column >= 0 && column < width;
      return inside ? values[offset + row * width + column] : 0;
    }
  }
}
