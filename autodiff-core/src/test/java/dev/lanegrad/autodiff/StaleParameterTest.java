package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
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
    w.changed();
    assertEquals(2, w.version());
    assertArrayEquals(new double[] {1, 2, 3, 4}, w.tensor().toDoubleArray());
  }

  @Test
  void parametersCanBeUpdatedFromPartsOfThemselves() {
    Formula a = Formula.input(0);
    Formula b = Formula.input(1);
    Tensor rows = Tensor.arange(DType.FLOAT64, 0, 390, 1).reshape(3, 130);
    Parameter w = Parameter.of("w", rows);
    Elementwise.of(a.sub(b)).update(List.of(w), w.tensor(), w.tensor().slice(0, 0, 1));
    assertArrayEquals(rows.sub(rows.slice(0, 0, 1)).toDoubleArray(), w.tensor().toDoubleArray());

    Parameter v = Parameter.of("v", Tensor.arange(DType.FLOAT64, 0, 100, 1));
    Elementwise.of(a.add(b)).update(List.of(v), v.tensor(), v.tensor().flip(0));
    assertArrayEquals(
        Tensor.full(DType.FLOAT64, 99, 100).toDoubleArray(), v.tensor().toDoubleArray());

    Parameter u = Parameter.of("u", X);
    Elementwise.of(a).update(List.of(u), u.tensor().transpose());
    assertArrayEquals(new double[] {1, 3, 2, 4}, u.tensor().toDoubleArray());
  }

  @Test
  void wrongUpdatesAreRefused() {
    Parameter w = parameter();
    Elementwise twice = Elementwise.of(Formula.input(0), Formula.input(0));
    String count =
        assertThrows(ShapeException.class, () -> twice.update(List.of(w), X)).getMessage();
    assertEquals("elementwise: 2 formulas for 1 parameters", count);
    String shape = assertThrows(ShapeException.class, () -> w.assign(Tensor.of(1.0))).getMessage();
    assertEquals("assign: parameter \"w\" is float64[2, 2], the values are float64[1]", shape);
    Elementwise copy = Elementwise.of(Formula.input(0));
    String target =
        assertThrows(ShapeException.class, () -> copy.update(List.of(w), Tensor.of(1.0)))
            .getMessage();
    assertEquals(
        "elementwise: cannot store float64[1] in parameter \"w\" of float64[2, 2]", target);
    assertEquals(0, w.version());
  }
}
