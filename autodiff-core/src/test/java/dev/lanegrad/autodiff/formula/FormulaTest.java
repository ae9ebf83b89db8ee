package dev.lanegrad.autodiff.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.program.Template;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FormulaTest {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);

  @Test
  void equalFormulasAreTheSameObject() {
    assertSame(Formula.input(0), X);
    assertSame(X.mul(X.sigmoid()), Formula.input(0).mul(Formula.input(0).sigmoid()));
    assertSame(X.add(0.25), X.add(Formula.constant(0.25)));
    assertSame(Formula.constant(Double.NaN), Formula.constant(-Double.NaN));
    assertNotSame(X.sub(Y), Y.sub(X));
    assertNotSame(Formula.constant(0), Formula.constant(-0.0));
    assertNotSame(Formula.slot(0), Formula.input(0));
  }

  @Test
  void internedFromManyThreadsAtOnce() throws InterruptedException {
    Formula[][] made = new Formula[4][500];
    List<Thread> threads = new ArrayList<>();
    for (Formula[] mine : made) {
      threads.add(
          Thread.ofPlatform().start(() -> Arrays.setAll(mine, i -> X.mul(1e6 + i).tanh().add(Y))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < made[0].length; i++) {
      for (Formula[] theirs : made) {
        assertSame(made[0][i], theirs[i]);
      }
    }
  }

  @Test
  void derivativesAreSimplified() {
    assertSame(Formula.ONE, X.derivative(0));
    assertSame(Formula.ZERO, X.derivative(1));
    assertSame(Formula.ZERO, Formula.constant(3).derivative(0));
    assertSame(Formula.ONE, X.add(5).derivative(0));
    assertSame(Y, X.mul(Y).derivative(0));
    assertSame(Formula.constant(3), X.mul(3).derivative(0));
    assertSame(Formula.ZERO, X.less(Y).derivative(0));
    assertSame(X.exp(), X.exp().derivative(0));
    assertSame(X.sechSquared(), X.tanh().derivative(0));
  }

  @Test
  void adjointsAreAddedWhereAFormulaIsUsedTwice() {
    Formula square = X.mul(X);
    assertSame(X.add(X), square.derivative(0));
    List<Formula> gradients =
        Formula.pullback(List.of(X.mul(Y), X.exp()), List.of(Formula.input(2), Y), 2);
    assertEquals("add(mul(x1, exp(x0)), mul(x2, x1))", gradients.get(0).toString());
    assertEquals("mul(x2, x0)", gradients.get(1).toString());
  }

  @Test
  void derivativesOfHighOrderStaySmall() {
    Map<String, UnaryOperator<Formula>> functions = new LinkedHashMap<>();
    functions.put("swish", x -> x.mul(x.sigmoid()));
    functions.put("mish", x -> x.mul(x.softplus().tanh()));
    functions.put(
        "tanhGelu",
        x -> {
          Formula u = x.mul(0.7978845608028654).mul(x.square().mul(0.044715).add(1));
          return x.mul(0.5).mul(u.tanh().add(1));
        });
    functions.put("logistic", x -> x.neg().exp().add(1).reciprocal().log());
    for (ScalarFunction function : ScalarFunction.values()) {
      functions.put(function.toString(), x -> ofInputs(function));
    }
    functions.forEach(
        (name, function) -> {
          Formula derivative = function.apply(X);
          for (int order = 1; order <= 4; order++) {
            derivative = derivative.derivative(0);
          }
          int nodes = derivative.parts().size();
          assertTrue(nodes <= 400, name + " has " + nodes + " nodes at order 4");
        });
  }

  private static Formula ofInputs(ScalarFunction function) {
    Formula[] inputs = new Formula[function.arity()];
    Arrays.setAll(inputs, Formula::input);
    return function.of(inputs);
  }

  @Test
  void partsComeBeforeWhatUsesThem() {
    Formula formula = X.mul(Y).exp().add(X.mul(Y));
    List<Formula> parts = formula.parts();
    assertEquals(5, parts.size());
    Set<Formula> seen = new HashSet<>();
    for (Formula part : parts) {
      if (part instanceof Formula.Apply apply) {
        assertTrue(seen.containsAll(apply.arguments()));
      }
      seen.add(part);
    }
    assertEquals(2, formula.inputs());
    assertEquals(0, Formula.ONE.inputs());
    assertEquals(8, Formula.input(7).inputs());
  }

  @Test
  void replaceIsSimultaneous() {
    Formula formula = X.sub(Y.exp());
    assertSame(Y.sub(X.exp()), formula.replace(Map.of(X, Y, Y, X)));
    assertSame(formula, formula.replace(Map.of(Formula.input(5), X)));
    assertSame(X.sub(Formula.input(2)), formula.replace(Map.of(Y.exp(), Formula.input(2))));
    assertSame(Formula.ONE, formula.replace(Map.of(formula, Formula.ONE)));
  }

  @Test
  void textIsReadable() {
    assertEquals("mul(x0, sigmoid(x0))", X.mul(X.sigmoid()).toString());
    assertEquals("leakyRelu(x1, 0.01)", Y.leakyRelu(0.01).toString());
    assertEquals(
        "select(less(x0, x1), 0.0, c3)", X.less(Y).where(Formula.ZERO, Formula.slot(3)).toString());
  }

  @Test
  void textOfALongFormulaIsShort() {
    Formula shared = X;
    Formula deep = X;
    for (int i = 0; i < 100; i++) {
      shared = shared.mul(shared);
    }
    for (int i = 0; i < 100_000; i++) {
      deep = deep.tanh();
    }
    for (Formula formula : List.of(shared, deep)) {
      String text = formula.toString();
      assertTrue(text.length() < 600, text);
    }
    assertTrue(shared.toString().startsWith("mul(mul(mul("), shared::toString);
    assertTrue(shared.toString().endsWith("... (101 parts)"), shared::toString);
    assertTrue(deep.toString().endsWith("... (more than 10,000 parts)"), deep::toString);
  }

  @Test
  void wrongUseIsRefused() {
    String arity =
        assertThrows(IllegalArgumentException.class, () -> ScalarFunction.ADD.of(X)).getMessage();
    assertEquals("add takes 2 arguments, not 1", arity);
    String index =
        assertThrows(IllegalArgumentException.class, () -> Formula.input(-1)).getMessage();
    assertEquals("input index -1 is negative", index);
  }

  @Test
  void templatesShareKernelsBetweenConstants() {
    Template slow = Template.of(List.of(X.sub(Y.mul(0.001)), X.mul(0.9).add(2)));
    Template fast = Template.of(List.of(X.sub(Y.mul(0.1)), X.mul(0.3).add(2)));
    assertEquals(slow.skeleton(), fast.skeleton());
    assertEquals(List.of(0.001, 0.9), slow.parameters());
    assertEquals(List.of(0.1, 0.3), fast.parameters());
    assertEquals("[sub(x0, mul(x1, c0)), add(mul(x0, c1), 2.0)]", slow.skeleton().toString());
  }

  @Test
  void commonConstantsStayInTheCode() {
    for (double number : new double[] {0, -0.0, 1, -1, 2, 0.5}) {
      Template template = Template.of(List.of(X.mul(number)));
      assertSame(X.mul(number), template.skeleton().getFirst());
      assertEquals(List.of(), template.parameters());
    }
    Template repeated = Template.of(List.of(X.mul(3).add(3)));
    assertEquals(List.of(3.0), repeated.parameters());
  }

  @Test
  void programsHaveOneOutputForEachFormula() {
    Template template = Template.of(List.of(X.add(Y), X.less(Y), X));
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      ProgramInterpreter program = new ProgramInterpreter(template.program(dtype));
      double[] expected = {5, 1, 2};
      for (int k = 0; k < expected.length; k++) {
        if (dtype == DType.FLOAT32) {
          program.run(2f, 3f);
          assertEquals(expected[k], program.output32(k));
        } else {
          program.run(2.0, 3.0);
          assertEquals(expected[k], program.output64(k));
        }
      }
    }
  }

  @Test
  void formulasNobodyHoldsAreForgotten() throws ReflectiveOperationException {
    Map<?, ?> interned = interned();
    int before = interned.size();
    List<Formula> held = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      held.add(X.mul(1000 + i).tanh());
    }
    int all = interned.size();
    assertTrue(all >= before + 20_000, () -> all + " after " + before);
    assertSame(held.get(77), X.mul(1077).tanh());
    held.clear();
    for (int i = 0; i < 100 && interned.size() > before + 5_000; i++) {
      System.gc();
      Formula.input(3).add(Math.sqrt(i)).exp();
    }
    assertTrue(interned.size() <= before + 5_000, () -> interned.size() + " formulas are held");
  }

  private static Map<?, ?> interned() throws ReflectiveOperationException {
    Field field = Formula.class.getDeclaredField("INTERNED");
    field.setAccessible(true);
    return (Map<?, ?>) field.get(null);
  }
}
