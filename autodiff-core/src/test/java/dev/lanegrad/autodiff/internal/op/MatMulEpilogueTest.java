package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.MatMul;
import dev.lanegrad.autodiff.testing.Bits;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bias and an activation in the pass of the product, against passes of their own. */
class MatMulEpilogueTest {
  private static final Formula SUM = Formula.input(0).add(Formula.input(1));
  private static final List<Formula> WITHOUT_PRODUCT =
      List.of(SUM, SUM.relu(), SUM.hardTanh(), Formula.input(0).exp(), SUM.neg());
  private static final List<Formula> WITH_PRODUCT =
      List.of(SUM.tanh(), SUM.sigmoid(), SUM.gelu(), SUM.sin(), SUM.square());

  @Test
  void theReverseRuleReadsTheProductOrNot() {
    for (Formula formula : WITHOUT_PRODUCT) {
      assertFalse(Epilogue.of(formula).needsResult(), formula::toString);
    }
    for (Formula formula : WITH_PRODUCT) {
      assertTrue(Epilogue.of(formula).needsResult(), formula::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 5 7",
        "6 5 1",
        "13 3 10",
        "100 40 100",
        "301 70 37",
        "900 20 30",
        "40 600 2100"
      })
  void onePassGivesTheBitsOfSeveral(String shape) {
    String[] lengths = shape.split(" ", -1);
    int rows = Integer.parseInt(lengths[0]);
    int inner = Integer.parseInt(lengths[1]);
    int columns = Integer.parseInt(lengths[2]);
    SplittableRandom random = new SplittableRandom(1);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor a = Tensor.normal(random, dtype, rows, inner);
      Tensor b = Tensor.normal(random, dtype, columns, inner).transpose();
      Tensor bias = Tensor.normal(random, dtype, columns);
      for (int round = 0; round < 3; round++) {
        for (Formula formula : WITHOUT_PRODUCT) {
          compare(a, b, formula, bias);
        }
        for (Formula formula : WITH_PRODUCT) {
          compare(a, b, formula, bias);
        }
      }
    }
  }

  private static void compare(Tensor a, Tensor b, Formula formula, Tensor bias) {
    Tensor[] vectors = formula.inputs() == 1 ? new Tensor[0] : new Tensor[] {bias};
    Tensor fused = MatMul.of(a, b, formula, vectors);
    Bits.assertSame(
        apart(a, b, formula, bias).toDoubleArray(), fused.toDoubleArray(), formula.toString());

    Tensor left = a.requiresGrad();
    Tensor right = b.requiresGrad();
    Tensor along = bias.requiresGrad();
    if (vectors.length > 0) {
      vectors[0] = along;
    }
    Gradients expected = apart(left, right, formula, along).sum().backward();
    Gradients given = MatMul.of(left, right, formula, vectors).sum().backward();
    for (Tensor input : List.of(left, right)) {
      Bits.assertSame(
          expected.of(input).toDoubleArray(), given.of(input).toDoubleArray(), formula.toString());
    }
    assertEquals(vectors.length > 0, given.contains(along));
    if (vectors.length > 0) {
      Bits.assertSame(
          expected.of(along).toDoubleArray(), given.of(along).toDoubleArray(), formula.toString());
    }
  }

  private static Tensor apart(Tensor a, Tensor b, Formula formula, Tensor bias) {
    Tensor product = a.matmul(b);
    Elementwise function = Elementwise.of(formula);
    return formula.inputs() == 1 ? function.applyTo(product) : function.applyTo(product, bias);
  }
}
