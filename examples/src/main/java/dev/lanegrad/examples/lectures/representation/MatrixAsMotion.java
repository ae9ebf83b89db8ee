package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.LinearAlgebra.Svd;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.List;

/** L4.8: a matrix as rotation, scaling and rotation; then what a network makes of the plane. */
final class MatrixAsMotion {
  private static final Tensor A = Tensor.of(new double[][] {{0.19, 1.84}, {-0.97, -0.93}});
  private static final double ROUNDING = 1e-12;

  private MatrixAsMotion() {}

  static void run(Notebook notebook) {
    notebook.text(
        """
        Every matrix is A = U S V^T with U and V orthogonal and S diagonal: it turns (or mirrors) \
        the plane, stretches it along the axes, and turns it again. The unit circle becomes an \
        ellipse whose half axes are the singular values, in the directions of the columns of U; \
        the columns of V are what is mapped there.\
        """);
    Svd svd = LinearAlgebra.svd(A);
    Tensor scaling = Tensor.eye(DType.FLOAT64, 2).mul(svd.values());
    double largest = svd.values().select(0, 0).item();
    double smallest = svd.values().select(0, 1).item();
    notebook.number("largest singular value", "2.17", largest);
    notebook.number("smallest singular value", "0.74", smallest);
    notebook.text(
        """
        The lecture's 2.17 is not the largest singular value of the matrix as it is printed, with \
        two decimals: that is 2.162, which rounds to 2.16.\
        """);
    Tensor product = svd.u().matmul(scaling).matmul(svd.v().transpose());
    notebook.claim("U S V^T is the matrix, to 1e-12", isNear(product, A));
    notebook.claim(
        "U and V are orthogonal, to 1e-12",
        isNear(svd.u().transpose().matmul(svd.u()), Tensor.eye(DType.FLOAT64, 2))
            && isNear(svd.v().transpose().matmul(svd.v()), Tensor.eye(DType.FLOAT64, 2)));
    notebook.number("product of the singular values", largest * smallest);
    notebook.number("determinant", LinearAlgebra.determinant(A).item());
    notebook.claim(
        "the area of the ellipse is that of the circle times |det A|",
        Math.abs(largest * smallest - Math.abs(LinearAlgebra.determinant(A).item())) < ROUNDING);
    Tensor turned = svd.v().transpose();
    draw(notebook, "The unit circle and the columns of V", Tensor.eye(DType.FLOAT64, 2), svd);
    draw(notebook, "Turned by V^T: they lie on the axes", turned, svd);
    draw(notebook, "Stretched by S: an ellipse along the axes", scaling.matmul(turned), svd);
    draw(notebook, "Turned by U: the ellipse of A", product, svd);
    WarpedPlane.run(notebook);
  }

  private static boolean isNear(Tensor a, Tensor b) {
    return a.sub(b).abs().max().item() < ROUNDING;
  }

  /** Where a matrix takes the unit circle and the columns of V. */
  private static void draw(Notebook notebook, String title, Tensor matrix, Svd svd) {
    Tensor angle = Tensor.linspace(DType.FLOAT64, 0, 2 * Math.PI, 181);
    Tensor circle = matrix.matmul(Tensor.stack(0, List.of(angle.cos(), angle.sin())));
    Tensor vectors = matrix.matmul(svd.v());
    notebook.picture(
        title,
        Curves.of(
                title,
                new Series(
                    "circle",
                    circle.select(0, 0).toDoubleArray(),
                    circle.select(0, 1).toDoubleArray()),
                arrow("v1", vectors.select(1, 0)),
                arrow("v2", vectors.select(1, 1)))
            .axes(Axis.linear("x1"), Axis.linear("x2"))
            .region(new Region(-3.5, 3.5, -2.5, 2.5))); // circles as circles
  }

  private static Series arrow(String name, Tensor tip) {
    double[] xy = tip.toDoubleArray();
    return new Series(name, new double[] {0, xy[0]}, new double[] {0, xy[1]});
  }
}
