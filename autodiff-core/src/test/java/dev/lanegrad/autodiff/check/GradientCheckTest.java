package dev.lanegrad.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.check.Mismatch.Cause;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.Gather;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GradientCheckTest {
  private static final Tensor POINT = Tensor.of(new double[][] {{0.3, -1.2, 2}, {0.7, 1.1, -0.4}});

  /** A product whose reverse rule for the first input is given. */
  private record Product(BinaryOperator<Tensor> rule) implements Op {
    @Override
    public String name() {
      return "product";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(new TensorType(inputs.get(0).dtype(), inputs.get(0).shape()));
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0).mul(call.input(1)));
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      Tensor gradient = gradients.getFirst();
      return Arrays.asList(rule.apply(gradient, call.input(1)), gradient.mul(call.input(0)));
    }
  }

  @Test
  void rightGradientsPass() {
    Elementwise swish = Elementwise.of(x -> x.mul(x.sigmoid()));
    Elementwise both =
        Elementwise.of(Formula.input(0).exp(), Formula.input(0).mul(Formula.input(1)));
    SplittableRandom random = new SplittableRandom(1);
    GradientCheck.of(swish).order(2).verify(Tensor.normal(random, DType.FLOAT64, 3, 4));
    GradientCheck.of(both).order(2).verify(POINT, POINT.add(1));
    GradientCheck.of(new Product(Tensor::mul)).order(2).wholeJacobian().verify(POINT, POINT);
    GradientCheck.of(x -> x.exp().sum()).order(2).verify(POINT);
    GradientCheck.of((a, b) -> a.matmul(b)).order(2).verify(POINT, POINT.transpose());
    GradientCheck.ofMany(x -> x.get(0).add(x.get(1).mul(x.get(2))))
        .order(2)
        .verify(POINT, POINT.slice(0, 0, 1), Tensor.of(2.0));
  }

  @Test
  void inputsWithoutGradientAreHeldFixed() {
    Tensor indices = Tensor.ofInts(Shape.of(2, 1), 2, 0);
    GradientCheck.of(new Gather(1)).order(2).verify(POINT, indices);
    CheckResult result =
        GradientCheck.of((Op) new Product((g, b) -> g.mul(b).mul(2))).check(POINT, POINT);
    assertEquals(0, result.mismatches().getFirst().input());
    DTypeException none =
        assertThrows(
            DTypeException.class, () -> GradientCheck.of(new Gather(1)).check(indices, indices));
    assertTrue(none.getMessage().contains("no float64 input"));
  }

  @Test
  void wrongElementIsNamed() {
    Tensor factors = Tensor.of(new double[][] {{1, 1, 1}, {1, 1.01, 1}});
    Op wrong = new Product((g, b) -> g.mul(b).mul(factors));
    CheckResult result = GradientCheck.of(wrong).check(POINT, POINT);
    assertFalse(result.passed());
    assertEquals(1, result.mismatches().size());
    Mismatch mismatch = result.mismatches().getFirst();
    assertEquals(1, mismatch.order());
    assertEquals(0, mismatch.input());
    assertEquals(List.of(1, 1), mismatch.element());
    assertEquals(List.of(1, 1), mismatch.outputElement());
    assertEquals(1.1, mismatch.expected(), 1e-9);
    assertEquals(1.111, mismatch.got(), 1e-9);
    assertEquals(Cause.WRONG_GRADIENT, mismatch.cause());
    assertTrue(mismatch.tolerance() < 1e-5);

    GradientCheckException thrown =
        assertThrows(
            GradientCheckException.class, () -> GradientCheck.of(wrong).verify(POINT, POINT));
    assertEquals(result, thrown.result());
    assertTrue(
        thrown.getMessage().startsWith("gradient check of product: 1 of 72 derivatives differ"),
        thrown.getMessage());
    assertTrue(
        thrown
            .getMessage()
            .contains("output 0 at [1, 1] with respect to input 0 at [1, 1]: expected 1.1"),
        thrown.getMessage());
  }

  @Test
  void ruleThatIsRightButCannotBeDifferentiatedFailsAtOrder2() {
    Op constant = new Product((g, b) -> g.mul(b.detach()));
    GradientCheck.of(constant).verify(POINT, POINT);
    CheckResult ofInput = GradientCheck.of(constant).order(2).check(POINT, POINT);
    assertEquals(2, ofInput.mismatches().getFirst().order());
    assertEquals(1, ofInput.mismatches().getFirst().input());

    Op detached = new Product((g, b) -> g.detach().mul(b));
    CheckResult ofSeed = GradientCheck.of(detached).order(2).check(POINT, POINT);
    assertEquals(-1, ofSeed.mismatches().getFirst().input());
    assertEquals(0, ofSeed.mismatches().getFirst().seed());
    assertTrue(ofSeed.toString().contains("the gradient given for output 0"), ofSeed.toString());
  }

  @Test
  void kinksAreExplained() {
    CheckResult atZero = GradientCheck.of(x -> x.relu()).check(Tensor.of(-1.0, 0, 1));
    Mismatch mismatch = atZero.mismatches().getFirst();
    assertEquals(Cause.KINK, mismatch.cause());
    assertEquals(List.of(1), mismatch.element());
    assertEquals(0, mismatch.leftSlope(), 1e-9);
    assertEquals(1, mismatch.rightSlope(), 1e-9);
    assertTrue(atZero.toString().contains("lies on a kink"), atZero.toString());

    Tensor near = Tensor.of(-1.0, 1e-7, 1);
    assertTrue(GradientCheck.of(x -> x.relu()).wholeJacobian().check(near).passed());

    CheckResult jump = GradientCheck.of(x -> x.relu().square()).order(2).check(Tensor.of(0.0));
    assertEquals(Cause.KINK, jump.mismatches().getFirst().cause());
  }

  @Test
  void valuesThatAreNotFiniteAreExplained() {
    CheckResult edge = GradientCheck.of(x -> x.log()).check(Tensor.of(0.0, 1));
    assertEquals(Cause.NOT_FINITE, edge.mismatches().getFirst().cause());
    assertEquals(List.of(0), edge.mismatches().getFirst().element());
    assertTrue(edge.toString().contains("infinite or NaN"), edge.toString());

    CheckResult nan =
        GradientCheck.of(new Product((g, b) -> g.mul(Double.NaN))).check(POINT, POINT);
    assertEquals(Cause.WRONG_GRADIENT, nan.mismatches().getFirst().cause());
  }

  @Test
  void steepAndShallowFunctionsAreJudgedRelatively() {
    Tensor tiny = Tensor.of(1e-5, 3e-4, 0.02);
    GradientCheck.of(x -> x.log()).order(2).wholeJacobian().verify(tiny);
    Tensor large = Tensor.of(1e6, -3e7);
    GradientCheck.of(x -> x.square()).order(2).wholeJacobian().verify(large);
    Op slightlyWrong = new Product((g, b) -> g.mul(b).mul(1 + 1e-5));
    assertFalse(GradientCheck.of(slightlyWrong).check(large, large).passed());
    assertTrue(GradientCheck.of(slightlyWrong).tolerance(1e-4).check(large, large).passed());
  }

  /** A sum with a constant, whose reverse rule multiplies with a slope. */
  private record Shifted(double constant, double slope) implements Op {
    @Override
    public String name() {
      return "shifted";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(new TensorType(inputs.get(0).dtype(), inputs.get(0).shape()));
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0).add(constant));
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      return Arrays.asList(gradients.getFirst().mul(slope));
    }
  }

  @Test
  void whatRoundingHidesIsInconclusive() {
    Tensor small = Tensor.of(0.3, -0.7, 1);
    Op[] hidden = {new Shifted(1e9, 1.1), new Shifted(-1e12, 50), new Shifted(1e12, 1)};
    for (Op op : hidden) {
      for (GradientCheck check :
          List.of(GradientCheck.of(op), GradientCheck.of(op).wholeJacobian())) {
        CheckResult result = check.check(small);
        assertFalse(result.passed());
        assertTrue(result.isInconclusive(), result::toString);
        assertEquals(Cause.INCONCLUSIVE, result.mismatches().getFirst().cause());
        String message =
            assertThrows(GradientCheckException.class, () -> check.verify(small)).getMessage();
        assertTrue(message.startsWith("gradient check of shifted: inconclusive: "), message);
        assertTrue(message.contains("without its large constant part"), message);
      }
    }
  }

  @Test
  void whatLongerStepsShowIsConclusive() {
    for (double constant : new double[] {0, 1, 1e3, 1e6}) {
      CheckResult right = GradientCheck.of(new Shifted(constant, 1)).check(POINT);
      assertTrue(right.passed(), right::toString);
      CheckResult wrong = GradientCheck.of(new Shifted(constant, 1.001)).check(POINT);
      assertFalse(wrong.passed() || wrong.isInconclusive(), wrong::toString);
      assertEquals(Cause.WRONG_GRADIENT, wrong.mismatches().getFirst().cause());
    }
    GradientCheck.of(x -> x.mul(0).add(1e15)).verify(POINT);
  }

  @Test
  void float32IsRefused() {
    DTypeException thrown =
        assertThrows(
            DTypeException.class,
            () -> GradientCheck.of(new Product(Tensor::mul)).verify(POINT, Tensor.of(1f, 2f)));
    assertTrue(thrown.getMessage().contains("input 1 is float32[2]"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("use float64"), thrown.getMessage());
  }

  @Test
  void functionsThatDependOnChanceAreRefused() {
    SplittableRandom random = new SplittableRandom(7);
    GradientException thrown =
        assertThrows(
            GradientException.class,
            () -> GradientCheck.of(x -> x.mul(random.nextDouble())).check(POINT));
    assertTrue(thrown.getMessage().contains("another result"), thrown.getMessage());
  }

  @Test
  void settingsMakeNewChecks() {
    GradientCheck usual = GradientCheck.of(x -> x.exp());
    GradientCheck changed = usual.directions(2).seed(5).order(2).tolerance(1e-5).wholeJacobian();
    assertEquals(4, usual.check(POINT).comparisons());
    assertEquals(36 + 72, changed.check(POINT).comparisons());
    assertEquals(usual.check(POINT), usual.check(POINT));
    List<Executable> wrong =
        List.of(() -> usual.order(3), () -> usual.directions(0), () -> usual.tolerance(-1));
    for (Executable setting : wrong) {
      String message = assertThrows(IllegalArgumentException.class, setting).getMessage();
      assertTrue(message.startsWith("gradient check: "), message);
    }
  }

  @Test
  void emptyAndScalarInputsWork() {
    GradientCheck.of((a, b) -> a.mul(b))
        .order(2)
        .verify(Tensor.zeros(DType.FLOAT64, 0, 3), Tensor.of(1.0, 2, 3));
    GradientCheck.of(x -> x.exp()).order(2).verify(Tensor.scalar(DType.FLOAT64, 0.3));
  }
}
