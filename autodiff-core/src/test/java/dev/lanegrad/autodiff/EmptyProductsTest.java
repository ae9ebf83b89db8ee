package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Products of no terms are zeros, and products without rows, columns or matrices are empty. */
class EmptyProductsTest {
  private record Product(
      String name, Shape left, Shape right, Shape result, BinaryOperator<Tensor> of) {}

  private static final List<Product> PRODUCTS = new ArrayList<>();

  private static void matmul(int[] left, int[] right, int... result) {
    put("matmul", left, right, Tensor::matmul, result);
  }

  private static void einsum(String expression, int[] left, int[] right, int... result) {
    put(expression, left, right, (a, b) -> Tensor.einsum(expression, a, b), result);
  }

  private static void put(
      String name, int[] left, int[] right, BinaryOperator<Tensor> of, int... result) {
    PRODUCTS.add(new Product(name, Shape.of(left), Shape.of(right), Shape.of(result), of));
  }

  private static int[] dims(int... dims) {
    return dims;
  }

  static {
    matmul(dims(0), dims(0));
    matmul(dims(0), dims(0, 3), 3);
    matmul(dims(2, 0), dims(0), 2);
    matmul(dims(0, 3), dims(3), 0);
    matmul(dims(3), dims(3, 0), 0);
    for (int n : new int[] {0, 1, 2, 17}) {
      for (int m : new int[] {0, 1, 3, 40}) {
        matmul(dims(n, 0), dims(0, m), n, m);
        matmul(dims(1, n, 0), dims(0, m), 1, n, m);
        matmul(dims(2, 1, n, 0), dims(0, m), 2, 1, n, m);
        matmul(dims(2, n, 0), dims(2, 0, m), 2, n, m);
        matmul(dims(2, 1, n, 0), dims(3, 0, m), 2, 3, n, m);
        matmul(dims(n, 0), dims(3, 0, m), 3, n, m);
        matmul(dims(0, n, 2), dims(2, m), 0, n, m);
        matmul(dims(0, n, 2), dims(0, 2, m), 0, n, m);
        einsum("ik,kj->ij", dims(n, 0), dims(0, m), n, m);
        einsum("bik,bkj->bij", dims(2, n, 0), dims(2, 0, m), 2, n, m);
        einsum("bik,kj->bij", dims(2, n, 0), dims(0, m), 2, n, m);
        einsum("ik,jk->ji", dims(n, 0), dims(m, 0), m, n);
      }
      matmul(dims(3, n, 0), dims(0), 3, n);
      matmul(dims(0), dims(3, 0, n), 3, n);
    }
    einsum("ij,ij->", dims(0, 3), dims(0, 3));
    einsum("i,j->ij", dims(0), dims(3), 0, 3);
    einsum("ij,j->i", dims(2, 0), dims(0), 2);
    einsum("i,i->i", dims(0), dims(0), 0);
    Formula biased = Formula.input(0).add(Formula.input(1)).relu();
    BinaryOperator<Tensor> linear = (a, b) -> MatMul.linear(a, b, null, Formula.input(0));
    put("linear", dims(5, 0), dims(3, 0), linear, 5, 3);
    put("linear", dims(0, 2), dims(3, 2), linear, 0, 3);
    put("outer", dims(0, 1), dims(1, 3), Tensor::matmul, 0, 3);
    put(
        "with a bias of 0",
        dims(4, 0),
        dims(0, 5),
        (a, b) -> MatMul.of(a, b, biased, Tensor.zeros(a.dtype(), 5)),
        4,
        5);
  }

  /** Fills memory that the scope recycles with something else. */
  private static void leaveNoise(DType dtype) {
    Autodiff.tidy(() -> Tensor.full(dtype, 7, 64, 64).add(1).mul(Tensor.ones(dtype, 64)).sum());
  }

  @TestFactory
  Stream<DynamicTest> productsOfNoTermsAreZeros() {
    return PRODUCTS.stream()
        .map(
            p ->
                dynamicTest(
                    p.name + " " + p.left + " x " + p.right,
                    () -> {
                      check(p, DType.FLOAT32);
                      check(p, DType.FLOAT64);
                    }));
  }

  private static void check(Product product, DType dtype) {
    leaveNoise(dtype);
    Autodiff.tidy(
        () -> {
          Tensor a = Tensor.ones(dtype, product.left.toArray()).requiresGrad();
          Tensor b = Tensor.ones(dtype, product.right.toArray()).requiresGrad();
          leaveNoise(dtype);
          Tensor c = product.of.apply(a, b);
          assertEquals(product.result, c.shape());
          assertArrayEquals(new double[product.result.size()], c.toDoubleArray());
          Gradients gradients = c.sum().backward();
          assertEquals(a.shape(), gradients.of(a).shape());
          assertEquals(b.shape(), gradients.of(b).shape());
          assertArrayEquals(new double[a.size()], gradients.of(a).toDoubleArray());
          assertArrayEquals(new double[b.size()], gradients.of(b).toDoubleArray());
        });
  }

  /** A product of no terms and a bias is the bias; its gradient sums over the rows. */
  @TestFactory
  Stream<DynamicTest> aBiasIsAddedToZeros() {
    return Stream.of(1, 2, 20)
        .map(
            n ->
                dynamicTest(
                    n + " rows",
                    () -> {
                      Tensor x = Tensor.zeros(DType.FLOAT64, n, 0);
                      Tensor weight = Tensor.zeros(DType.FLOAT64, 3, 0).requiresGrad();
                      Tensor bias = Tensor.of(1.0, -2, 3).requiresGrad();
                      Tensor y = MatMul.linear(x, weight, bias, Formula.input(0).relu());
                      for (int i = 0; i < n; i++) {
                        double[] row = y.select(0, i).toDoubleArray();
                        assertArrayEquals(new double[] {1, 0, 3}, row);
                      }
                      Gradients gradients = y.sum().backward();
                      double[] ofBias = gradients.of(bias).toDoubleArray();
                      assertArrayEquals(new double[] {n, 0, n}, ofBias);
                      assertEquals(Shape.of(3, 0), gradients.of(weight).shape());
                    }));
  }
}
