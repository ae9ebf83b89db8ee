package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A graph that was recorded before a parameter changed is refused, but only where that matters. */
class StaleParameterTest {
  private static final Tensor X = Tensor.of(new double[][] {{1, 2}, {3, 4}});

  private static Parameter parameter() {
    return Parameter.of("w", Tensor.of(new double[][] {{0.5, -1}, {2, 0.25}}));
  }

  @TestFactory
  Stream<DynamicTest> rulesThatReadTheOldNumbersAreRefused() {
    Map<String, UnaryOperator<Tensor>> functions = new LinkedHashMap<>();
    functions.put("mul", w -> w.mul(X.requiresGrad()));
    functions.put("square", w -> w.square());
    functions.put("matmul", w -> X.requiresGrad().matmul(w));
    functions.put("view, then square", w -> w.transpose().square());
    functions.put("slice, then exp of it twice", w -> w.slice(0, 0, 1).mul(w.slice(0, 1, 2)));
    functions.put("max", w -> w.max(0));
    return functions.entrySet().stream()
        .map(
            f ->
                dynamicTest(
                    f.getKey(),
                    () -> {
                      Parameter w = parameter();
                      Tensor loss = f.getValue().apply(w.tensor()).sum();
                      w.assign(X);
                      GradientException thrown =
                          assertThrows(GradientException.class, loss::backward);
                      assertTrue(
                          thrown.getMessage().contains("was updated in place after"),
                          thrown.getMessage());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> rulesThatDoNotReadThemGoOn() {
    Map<String, UnaryOperator<Tensor>> functions = new LinkedHashMap<>();
    functions.put("add", w -> w.add(X));
    functions.put("broadcast add", w -> w.slice(0, 0, 1).add(X));
    functions.put("mul by a number", w -> w.mul(3));
    functions.put("exp, by its result", w -> w.exp());
    functions.put("sum", w -> w.sum(1));
    functions.put("transpose", w -> w.transpose());
    functions.put("reshape", w -> w.reshape(4));
    functions.put("slice", w -> w.slice(1, 0, 1));
    functions.put("expand", w -> w.unsqueeze(0).expand(Shape.of(3, 2, 2)));
    functions.put("concat", w -> Tensor.concat(0, List.of(w, X)));
    functions.put("pad", w -> w.pad(0, 1, 1, 0));
    functions.put("cumsum", w -> w.cumsum(0));
    functions.put("gather", w -> w.indexSelect(0, Tensor.ofInts(1, 1)));
    functions.put("softmax, by its result", w -> w.softmax(0));
    functions.put("matmul, where only the other one is tracked", w -> w.matmul(X));
    return functions.entrySet().stream()
        .map(
            f ->
                dynamicTest(
                    f.getKey(),
                    () -> {
                      Parameter w = parameter();
                      Tensor loss = f.getValue().apply(w.tensor()).sum();
                      double[] expected = loss.backward().of(w).toDoubleArray();
                      w.assign(X);
                      assertArrayEquals(expected, loss.backward().of(w).toDoubleArray());
                    }));
  }

  @Test
  void versionsCountChanges() {
    Parameter w = parameter();
    assertEquals(0, w.version());
    w.assign(X);
    w.assign(X.neg());
    w.assign(X);
    assertEquals(3, w.version());
    assertArrayEquals(new double[] {1, 2, 3, 4}, w.tensor().toDoubleArray());
  }

  @Test
  void parametersCanBeUpdatedFromPartsOfThemselves() {
    Formula a = Formula.input(0);
    Formula b = Formula.input(1);
    Tensor rows = Tensor.arange(DType.FLOAT64, 0, 390, 1).reshape(3, 130);
    Parameter w = Parameter.of("w", rows);
    update(a.sub(b), w).apply(w.tensor().slice(0, 0, 1));
    assertArrayEquals(rows.sub(rows.slice(0, 0, 1)).toDoubleArray(), w.tensor().toDoubleArray());

    Parameter v = Parameter.of("v", Tensor.arange(DType.FLOAT64, 0, 100, 1));
    update(a.add(b), v).apply(v.tensor().flip(0));
    assertArrayEquals(
        Tensor.full(DType.FLOAT64, 99, 100).toDoubleArray(), v.tensor().toDoubleArray());

    Parameter u = Parameter.of("u", X);
    update(b, u).apply(u.tensor().transpose());
    assertArrayEquals(new double[] {1, 3, 2, 4}, u.tensor().toDoubleArray());
  }

  @Test
  void wrongUpdatesAreRefused() {
    Parameter w = parameter();
    Elementwise twice = Elementwise.of(Formula.input(0), Formula.input(0));
    String count =
        assertThrows(ShapeException.class, () -> new Update(twice, List.of(w))).getMessage();
    assertEquals("elementwise: 2 formulas for 1 parameters", count);
    String shape = assertThrows(ShapeException.class, () -> w.assign(Tensor.of(1.0))).getMessage();
    assertEquals("assign: parameter \"w\" is float64[2, 2], the values are float64[1]", shape);
    Update copy = update(Formula.input(1), w);
    String target =
        assertThrows(ShapeException.class, () -> copy.apply(X.expand(Shape.of(3, 2, 2))))
            .getMessage();
    assertEquals(
        "elementwise: cannot store float64[3, 2, 2] in parameter \"w\" of float64[2, 2]", target);
    assertThrows(ShapeException.class, () -> copy.apply(Tensor.of(1.0, 2, 3)));
    assertThrows(LanegradException.class, () -> copy.apply(Tensor.of(1f)));
    copy.apply(X.neg());
    assertThrows(ShapeException.class, () -> copy.apply(X.expand(Shape.of(3, 2, 2))));
    String few = assertThrows(IllegalArgumentException.class, copy::apply).getMessage();
    assertEquals(
        "elementwise: an update of 1 parameters by formulas of 2 inputs takes 1 tensors, 0 were"
            + " given",
        few);
    copy.apply(X);
    assertEquals(2, w.version());
  }

  @Test
  void oneUpdateTakesWhateverFits() {
    Parameter w = Parameter.of("w", X);
    Update plus = update(Formula.input(0).add(Formula.input(1)), w);
    double[] expected = X.toDoubleArray();
    for (Tensor given :
        List.of(X, X, X.transpose(), Tensor.of(1.0), X.slice(0, 1, 2), Tensor.of(2.0), X, X)) {
      expected = Tensor.of(expected).reshape(2, 2).add(given).toDoubleArray();
      plus.apply(given);
      assertArrayEquals(expected, w.tensor().toDoubleArray());
    }
    plus.apply(w.tensor());
    plus.apply(w.tensor().transpose());
    Tensor doubled = Tensor.of(expected).reshape(2, 2).mul(2);
    assertArrayEquals(doubled.add(doubled.transpose()).toDoubleArray(), w.tensor().toDoubleArray());
  }

  private static Update update(Formula formula, Parameter target) {
    return new Update(Elementwise.of(formula), List.of(target));
  }
}
