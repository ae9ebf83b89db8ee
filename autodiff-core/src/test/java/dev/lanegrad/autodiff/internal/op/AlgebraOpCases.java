package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.matrix;
import static dev.lanegrad.autodiff.internal.op.OpCases.row;
import static dev.lanegrad.autodiff.internal.op.OpCases.scalar;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros32;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.MatMul;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.Arrays;
import java.util.List;

/** Products of matrices and what is made by elimination and rotation. */
final class AlgebraOpCases {
  static final List<OpRow> ROWS =
      List.of(
          new OpRow(MatMul.class)
              .example(
                  new MatMul(), matrix(row(10, 13), row(28, 40)), counting(2, 3), counting(3, 2))
              .example(new MatMul(), zeros(2, 3), zeros(2, 0), zeros(0, 3))
              .example(
                  new MatMul(true, true, Formula.input(0)),
                  matrix(row(2, 6), row(3, 11)),
                  counting(2, 2),
                  counting(2, 2))
              .example(
                  new MatMul(),
                  Tensor.of(new double[][][] {{{2}}, {{12}}}),
                  Tensor.of(new double[][][] {{{1}}, {{3}}}),
                  Tensor.of(new double[][][] {{{2}}, {{4}}}))
              .example(
                  new MatMul(Formula.input(0).add(Formula.input(1)).relu()),
                  matrix(row(0, 14), row(18, 41)),
                  counting(2, 3),
                  counting(3, 2),
                  vector(-10, 1))
              .sample(AlgebraOpCases::product)
              .sample(AlgebraOpCases::productWithVector)
              .sample(AlgebraOpCases::productWithEpilogue)
              .rejects(
                  "matmul: a vector along the rows of [2, 3] x [3, 4] has shape [4], not [3]",
                  () ->
                      MatMul.of(
                          zeros(2, 3),
                          zeros(3, 4),
                          Formula.input(0).add(Formula.input(1)),
                          zeros(3)))
              .rejects(
                  "matmul: inner dimensions differ: [32, 10] x [12, 4] (10 against 12)",
                  () -> zeros(32, 10).matmul(zeros(12, 4)))
              .rejects(
                  "matmul: inner dimensions differ: [3] x [4] (3 against 4)",
                  () -> zeros(3).matmul(zeros(4)))
              .rejects(
                  "matmul: takes vectors and matrices: [] x [3]", () -> scalar(1).matmul(zeros(3)))
              .rejects(
                  "matmul: shapes do not broadcast: [2] x [3]",
                  () -> zeros(2, 1, 1).matmul(zeros(3, 1, 1)))
              .rejects(
                  "matmul: takes two matrices, or stacks of as many: [2, 1, 1] x [1, 1]",
                  new MatMul(),
                  zeros(2, 1, 1),
                  zeros(1, 1))
              .rejects(
                  "matmul: dtypes must be all float32 or all float64: float64[1, 1] x float32",
                  () -> zeros(1, 1).matmul(zeros32(1, 1))),
          new OpRow(Solve.class)
              .example(
                  new Solve(),
                  matrix(row(3), row(-1)),
                  matrix(row(0, 2), row(1, 1)),
                  matrix(row(-2), row(2)))
              .example(
                  new Solve(true),
                  matrix(row(1.5), row(1)),
                  matrix(row(0, 2), row(1, 1)),
                  matrix(row(1), row(4)))
              .example(new Solve(), zeros(0, 2), zeros(0, 0), zeros(0, 2))
              .sample(AlgebraOpCases::solve)
              .sample(draw -> solve(draw).of(new Solve(true)))
              .rejects(
                  "solve: takes a square matrix, not [2, 3]", new Solve(), zeros(2, 3), zeros(2, 1))
              .rejects(
                  "solve: the right side must be a matrix of as many rows: [2, 2] x [3, 1]",
                  new Solve(),
                  zeros(2, 2),
                  zeros(3, 1))
              .rejects(
                  "solve: matrix of shape [2, 2] is singular",
                  new Solve(),
                  matrix(row(1, 2), row(2, 4)),
                  zeros(2, 1))
              .rejects(
                  "inverse: takes a square matrix, not [3]", () -> LinearAlgebra.inverse(zeros(3))),
          new OpRow(Cholesky.class)
              .example(new Cholesky(), matrix(row(2, 0), row(1, 3)), matrix(row(4, 2), row(2, 10)))
              .example(new Cholesky(), zeros(0, 0), zeros(0, 0))
              .sample(AlgebraOpCases::cholesky)
              .rejects("cholesky: takes a square matrix, not [2, 3]", new Cholesky(), zeros(2, 3))
              .rejects(
                  "cholesky: matrix of shape [2, 2] is not positive definite (row 1)",
                  new Cholesky(),
                  matrix(row(1, 2), row(2, 4))),
          new OpRow(Determinant.class)
              .example(new Determinant(), scalar(-2), matrix(row(1, 2), row(3, 4)))
              .example(new Determinant(), scalar(0), matrix(row(1, 2), row(2, 4)))
              .example(new Determinant(), scalar(1), zeros(0, 0))
              .sample(draw -> Sample.of(new Determinant(), regular(draw, draw.between(0, 4))))
              .sample(AlgebraOpCases::singularDeterminant)
              .rejects(
                  "determinant: takes a square matrix, not [2, 3]", new Determinant(), zeros(2, 3)),
          new OpRow(DeterminantSlope.class)
              .example(
                  new DeterminantSlope(),
                  matrix(row(4, -3), row(-2, 1)),
                  matrix(row(1, 2), row(3, 4)))
              .example(
                  new DeterminantSlope(),
                  matrix(row(4, -2), row(-2, 1)),
                  matrix(row(1, 2), row(2, 4)))
              .example(
                  new DeterminantSlope(),
                  matrix(row(8, -7), row(-6, 5)),
                  matrix(row(1, 2), row(2, 4)),
                  matrix(row(5, 6), row(7, 8)))
              .example(new DeterminantSlope(), scalar(1).reshape(1, 1), zeros(1, 1))
              .example(new DeterminantSlope(), zeros(0, 0), zeros(0, 0))
              .sample(draw -> Sample.of(new DeterminantSlope(), regular(draw, draw.between(0, 4))))
              .sample(AlgebraOpCases::slopeOfSingular)
              .rejects(
                  "determinantSlope: takes a square matrix, not [2, 3]",
                  new DeterminantSlope(),
                  zeros(2, 3))
              .rejects(
                  "determinantSlope: matrix and directions differ in shape: [2, 2] x [3, 3]",
                  new DeterminantSlope(),
                  zeros(2, 2),
                  zeros(3, 3)),
          new OpRow(SingularValues.class)
              .example(
                  new SingularValues(),
                  List.of(matrix(row(0, 1), row(1, 0)), vector(3, 2), matrix(row(0, 1), row(1, 0))),
                  matrix(row(2, 0), row(0, 3)))
              .sample(AlgebraOpCases::singularValues)
              .rejects(
                  "svd: takes a matrix with at least as many rows as columns, not [2, 3]",
                  new SingularValues(),
                  zeros(2, 3))
              .rejects("svd: takes a matrix", new SingularValues(), zeros(3)),
          new OpRow(SingularSlope.class)
              .example(
                  new SingularSlope(),
                  matrix(row(5, 0), row(0, 4)),
                  matrix(row(2, 0), row(0, 3)),
                  matrix(row(0, 1), row(1, 0)),
                  vector(3, 2),
                  matrix(row(0, 1), row(1, 0)),
                  vector(4, 5))
              .constants(1, 2, 3)
              .sample(AlgebraOpCases::singularSlope)
              .rejects(
                  "svdSlope: takes [n, m], [n, m], [m], [m, m] and [m], not",
                  new SingularSlope(),
                  zeros(3, 2),
                  zeros(3, 2),
                  zeros(2),
                  zeros(2, 2),
                  zeros(3)));

  private AlgebraOpCases() {}

  private static Sample product(Draw draw) {
    int[] batch = draw.shape(0, 2).toArray();
    int inner = draw.dim();
    int[] left = Arrays.copyOf(batch, batch.length + 2);
    int[] right = left.clone();
    left[batch.length] = notOne(draw.dim());
    left[batch.length + 1] = inner;
    right[batch.length] = inner;
    right[batch.length + 1] = notOne(draw.dim());
    boolean leftTransposed = draw.chance(0.4);
    boolean rightTransposed = draw.chance(0.4);
    if (leftTransposed) {
      swapLast(left);
    }
    if (rightTransposed) {
      swapLast(right);
    }
    return Sample.of(
        new MatMul(leftTransposed, rightTransposed, Formula.input(0)),
        draw.normal(left),
        draw.normal(right));
  }

  private static void swapLast(int[] dims) {
    int last = dims[dims.length - 1];
    dims[dims.length - 1] = dims[dims.length - 2];
    dims[dims.length - 2] = last;
  }

  private static int notOne(int length) {
    return length == 1 ? 2 : length;
  }

  /** The order of a sum of products with a vector depends on how the matrix lies: no views. */
  private static Sample productWithVector(Draw draw) {
    boolean row = draw.chance(0.5);
    Tensor left = Draw.copy(draw.normal(2, row ? 1 : draw.dim(), 3));
    Tensor right = Draw.copy(draw.normal(2, 3, row ? draw.dim() : 1));
    return Sample.of(new MatMul(), left, right);
  }

  private static Sample productWithEpilogue(Draw draw) {
    Formula product = Formula.input(0);
    Formula bias = Formula.input(1);
    Formula scale = Formula.input(2);
    List<Formula> epilogues =
        List.of(
            product.add(bias).sub(scale),
            product.add(bias).add(scale).mul(0.25).exp(),
            product.sub(bias).mul(-0.5).sub(scale).exp());
    int rows = draw.dim();
    int inner = draw.dim();
    int columns = draw.dim();
    return Sample.of(
        new MatMul(draw.oneOf(epilogues)),
        Draw.copy(draw.normal(rows, inner)),
        Draw.copy(draw.normal(inner, columns)),
        draw.normal(columns),
        draw.normal(columns));
  }

  /** A random matrix that is far from singular. */
  private static Tensor regular(Draw draw, int n) {
    double sign = draw.chance(0.5) ? 1 : -1;
    Tensor a = Tensor.eye(DType.FLOAT64, n).mul(3 * sign).add(draw.uniform(-1, 1, Shape.of(n, n)));
    return draw.chance(0.5) ? draw.view(a) : a;
  }

  private static Sample solve(Draw draw) {
    int n = draw.between(0, 4);
    return Sample.of(new Solve(), regular(draw, n), draw.normal(n, draw.dim()));
  }

  /** The gradient is that of a symmetric matrix, so it is one that has to be varied. */
  private static Sample cholesky(Draw draw) {
    Tensor a = regular(draw, draw.between(0, 4));
    return Sample.of(new Cholesky(), draw.view(a.matmul(a.transpose())))
        .differentiating(
            (op, x) -> {
              Tensor b = x.getFirst();
              return op.applyTo(b.add(b.transpose()).mul(0.5));
            });
  }

  private static Sample singularDeterminant(Draw draw) {
    double x = draw.between(1, 4);
    Tensor a = matrix(row(1, 2, x), row(2, 4, 2 * x), row(0, 1, -1));
    return Sample.of(new Determinant(), a);
  }

  /** Of rank 0 to 2, with up to two directions. */
  private static Sample slopeOfSingular(Draw draw) {
    int rank = draw.between(0, 2);
    Tensor a = draw.normal(3, rank).matmul(draw.normal(rank, 3));
    return switch (draw.between(0, 2)) {
      case 0 -> Sample.of(new DeterminantSlope(), a);
      case 1 -> Sample.of(new DeterminantSlope(), a, draw.normal(3, 3));
      default -> Sample.of(new DeterminantSlope(), a, draw.normal(3, 3), draw.normal(3, 3));
    };
  }

  /** Values that are apart, so that they keep their order. */
  private static Sample singularValues(Draw draw) {
    Sample sample = Sample.of(new SingularValues(), apart(draw));
    return draw.between(0, 1) == 0 ? sample.differentiating((op, x) -> op.apply(x).get(1)) : sample;
  }

  /** The gradients of U, s and V are left to the decomposition. */
  private static Sample singularSlope(Draw draw) {
    Tensor a = apart(draw);
    List<Tensor> parts = new SingularValues().apply(List.of(a));
    Tensor g = draw.normal(parts.get(1).size());
    return Sample.of(new SingularSlope(), a, parts.get(0), parts.get(1), parts.get(2), g)
        .differentiating(
            (op, x) -> {
              List<Tensor> of = new SingularValues().apply(List.of(x.getFirst()));
              return op.applyTo(x.getFirst(), of.get(0), of.get(1), of.get(2), x.get(4));
            });
  }

  private static Tensor apart(Draw draw) {
    int m = draw.between(1, 3);
    int n = draw.between(m, 5);
    Tensor a = draw.uniform(-0.3, 0.3, Shape.of(n, m));
    double[] diagonal = new double[n * m];
    for (int j = 0; j < m; j++) {
      diagonal[j * m + j] = 2 + 3 * j;
    }
    return a.add(Tensor.of(Shape.of(n, m), diagonal));
  }
}
