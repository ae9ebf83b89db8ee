package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.testing.Draw;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Methods that are made of several operations: values, and gradients to order 2. */
class CompositesTest {
  record Composite(Function<Draw, Tensor[]> inputs, Function<List<Tensor>, Tensor> of) {}

  static final Map<String, Composite> COMPOSITES = new LinkedHashMap<>();

  private static void put(
      String name, Function<Draw, Tensor[]> inputs, Function<List<Tensor>, Tensor> function) {
    COMPOSITES.put(name, new Composite(inputs, function));
  }

  private static Tensor[] normal(Draw draw, int... dims) {
    return new Tensor[] {draw.normal(dims)};
  }

  private static Tensor[] two(Tensor a, Tensor b) {
    return new Tensor[] {a, b};
  }

  static {
    put("mean", d -> normal(d, 3, 4), x -> x.getFirst().mean(0));
    put("meanKeeping", d -> normal(d, 3, 4), x -> x.getFirst().meanKeeping(-1));
    put("var", d -> normal(d, 3, 4), x -> x.getFirst().var(1));
    put("var of all, biased", d -> normal(d, 3, 4), x -> x.getFirst().var(0, new int[0]));
    put("std", d -> two(d.distinct(Shape.of(3, 4)), d.normal()), x -> x.getFirst().std(0));
    put("norm", d -> two(d.distinct(Shape.of(3, 4)), d.normal()), x -> x.getFirst().norm(1));
    put("3-norm", d -> two(d.distinct(Shape.of(5)), d.normal()), x -> x.getFirst().pNorm(3));
    put("prod", d -> normal(d, 2, 5), x -> x.getFirst().prod(1));
    put("prod of all", d -> normal(d, 2, 3), x -> x.getFirst().prod());
    put("logSumExp", d -> normal(d, 3, 4), x -> x.getFirst().logSumExp(0));
    put("flip", d -> normal(d, 3, 4), x -> x.getFirst().flip(0, 1).square());
    put("split", d -> normal(d, 5), x -> x.getFirst().split(0, 2).get(1).exp());
    put("stack", d -> two(d.normal(3), d.normal(3)), x -> Tensor.stack(1, x));
    put(
        "indexSelect",
        d -> normal(d, 3, 2),
        x -> x.getFirst().indexSelect(0, Tensor.ofInts(2, 0, 2)).square());
    put(
        "topK",
        d -> two(d.distinct(Shape.of(2, 5)), d.normal()),
        x -> x.getFirst().topK(2, 1).values().square());
    put(
        "where",
        d -> two(d.normal(4), d.normal(4)),
        x -> x.get(0).greater(x.get(1)).where(x.get(0).exp(), x.get(1)));
    put("vector by vector", d -> two(d.normal(4), d.normal(4)), x -> x.get(0).matmul(x.get(1)));
    put("matrix by vector", d -> two(d.normal(2, 4), d.normal(4)), x -> x.get(0).matmul(x.get(1)));
    put("vector by matrix", d -> two(d.normal(4), d.normal(4, 3)), x -> x.get(0).matmul(x.get(1)));
    put(
        "stacks of matrices that broadcast",
        d -> two(d.normal(2, 1, 2, 3), d.normal(3, 3, 2)),
        x -> x.get(0).matmul(x.get(1)));
    put(
        "vector by stack",
        d -> two(d.normal(3), d.normal(2, 3, 2)),
        x -> x.get(0).matmul(x.get(1)));
    put(
        "einsum bij,bjk->bik",
        d -> two(d.normal(2, 2, 3), d.normal(2, 3, 2)),
        x -> Tensor.einsum("bij,bjk->bik", x.get(0), x.get(1)));
    put(
        "einsum ij,ij->",
        d -> two(d.normal(2, 3), d.normal(2, 3)),
        x -> Tensor.einsum("ij,ij->", x.get(0), x.get(1)));
    put(
        "einsum i,j->ij",
        d -> two(d.normal(2), d.normal(3)),
        x -> Tensor.einsum("i,j->ij", x.get(0), x.get(1)));
    put("einsum ij->ji", d -> normal(d, 2, 3), x -> Tensor.einsum("ij->ji", x.getFirst()).exp());
    put("einsum ijk->j", d -> normal(d, 2, 3, 2), x -> Tensor.einsum("ijk->j", x.getFirst()));
    put(
        "inverse",
        d -> two(d.uniform(-1, 1, Shape.of(3, 3)), d.normal()),
        x -> LinearAlgebra.inverse(regular(x.getFirst())));
    put(
        "solve for a vector",
        d -> two(d.uniform(-1, 1, Shape.of(3, 3)), d.normal(3)),
        x -> LinearAlgebra.solve(regular(x.getFirst()), x.get(1)));
  }

  /** Far from singular where the elements of a matrix are below 1. */
  private static Tensor regular(Tensor a) {
    return a.add(Tensor.eye(a.dtype(), 3).mul(4));
  }

  @TestFactory
  Stream<DynamicTest> gradientsAgreeWithDifferences() {
    return COMPOSITES.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      for (int seed = 0; seed < Samples.times(10); seed++) {
                        Tensor[] inputs = entry.getValue().inputs.apply(new Draw(seed));
                        GradientCheck.ofMany(entry.getValue().of).order(2).verify(inputs);
                      }
                    }));
  }

  private static void assertNumbers(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-12);
  }

  private static final Tensor GRID = Tensor.arange(DType.FLOAT64, 0, 6, 1).reshape(2, 3);

  @Test
  void statistics() {
    assertNumbers(GRID.mean(), 2.5);
    assertNumbers(GRID.mean(0), 1.5, 2.5, 3.5);
    assertNumbers(GRID.meanKeeping(1), 1, 4);
    assertNumbers(GRID.var(1), 1, 1);
    assertNumbers(GRID.var(0, new int[] {1}), 2.0 / 3, 2.0 / 3);
    assertNumbers(GRID.std(), Math.sqrt(3.5));
    assertNumbers(GRID.norm(1), Math.sqrt(5), Math.sqrt(50));
    assertNumbers(GRID.pNorm(1), 15);
    assertNumbers(GRID.pNorm(3, 0), 3, Math.cbrt(65), Math.cbrt(133));
    assertNumbers(GRID.pNorm(Double.POSITIVE_INFINITY, 1), 2, 5);
    assertNumbers(GRID.add(1).prod(1), 6, 120);
    assertNumbers(GRID.add(1).prod(), 720);
    assertNumbers(GRID.cumsum(1), 0, 1, 3, 3, 7, 12);
    assertNumbers(GRID.topK(2, 1).values(), 2, 1, 5, 4);
    assertArrayEquals(new int[] {2, 1, 2, 1}, GRID.topK(2, 1).indices().toIntArray());
  }

  @Test
  void products() {
    Tensor vector = Tensor.of(1.0, 2, 3);
    assertNumbers(GRID.matmul(vector), 8, 26);
    assertNumbers(vector.matmul(vector), 14);
    assertNumbers(Tensor.of(1.0, 2).matmul(GRID), 6, 9, 12);
    Tensor batch = Tensor.stack(0, List.of(GRID, GRID.mul(2)));
    assertEquals(Shape.of(2, 2, 2), batch.matmul(GRID.transpose()).shape());
    assertNumbers(batch.matmul(GRID.transpose()), 5, 14, 14, 50, 10, 28, 28, 100);
    assertNumbers(Tensor.einsum("ij,kj->ik", GRID, GRID), 5, 14, 14, 50);
    assertNumbers(Tensor.einsum("ij -> ji", GRID), 0, 3, 1, 4, 2, 5);
    assertNumbers(Tensor.einsum("ij,j->", GRID, vector), 34);
    assertNumbers(Tensor.einsum("i,ij,j->", Tensor.of(1.0, 2), GRID, vector), 60);
  }

  @Test
  void wrongContractionsAreRefused() {
    Map<String, String> messages =
        Map.of(
            "ij,jk->ik", "index 'j' is 3 and 2 long: [2, 3] x [2, 3]",
            "ij->ij", "takes a group of indices for each of 2 operands",
            "ij,ik->il", "index 'l' of the result is in no operand",
            "ijk,ij->k", "'ijk' names 3 axes of shape [2, 3]",
            "ii,ij->j", "indices must be letters, each once in a group: 'ii'",
            "i1,ij->j", "indices must be letters");
    messages.forEach(
        (expression, message) -> {
          String actual =
              assertThrows(ShapeException.class, () -> Tensor.einsum(expression, GRID, GRID))
                  .getMessage();
          assertTrue(actual.startsWith("einsum " + expression), actual);
          assertTrue(actual.contains(message), actual);
        });
  }

  @Test
  void decompositions() {
    Tensor a = Tensor.of(new double[][] {{4, 1, 0}, {1, 3, -1}, {0, -1, 2}, {2, 0, 1}});
    LinearAlgebra.Svd svd = LinearAlgebra.svd(a);
    Tensor product = svd.u().mul(svd.values()).matmul(svd.v().transpose());
    assertArrayEquals(a.toDoubleArray(), product.toDoubleArray(), 1e-13);
    Tensor identity = Tensor.eye(DType.FLOAT64, 3);
    assertArrayEquals(
        identity.toDoubleArray(), svd.u().transpose().matmul(svd.u()).toDoubleArray(), 1e-13);
    assertArrayEquals(
        svd.values().toDoubleArray(),
        LinearAlgebra.singularValues(a.transpose()).toDoubleArray(),
        1e-13);
    Tensor square = a.slice(0, 0, 3);
    assertArrayEquals(
        identity.toDoubleArray(),
        LinearAlgebra.inverse(square).matmul(square).toDoubleArray(),
        1e-14);
    Tensor lower = LinearAlgebra.cholesky(square);
    assertArrayEquals(
        square.toDoubleArray(), lower.matmul(lower.transpose()).toDoubleArray(), 1e-14);
    assertEquals(18, LinearAlgebra.determinant(square).item(), 1e-13);
  }
}
