package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.schedule.ConstantLR;
import dev.lanegrad.optim.schedule.CyclicLR;
import dev.lanegrad.optim.schedule.MomentumRange;
import dev.lanegrad.optim.schedule.PerGroup;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import dev.lanegrad.optim.schedule.ScheduleCases;
import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.NullCalls;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An argument that is null is refused by its name before anything is changed. */
class NullArgumentsTest {
  /** What an {@link Optimizer} alone calls, or the language; and exceptions. */
  private static boolean isLeftOut(Executable executable) {
    Class<?> type = executable.getDeclaringClass();
    boolean isOfRules =
        Rule.class.isAssignableFrom(type)
            && executable instanceof Method
            && !executable.getName().startsWith("with");
    return isOfRules
        || type == ElementwiseRule.Terms.class
        || type == TensorRule.Terms.class
        || Throwable.class.isAssignableFrom(type)
        || executable.getName().equals("valueOf");
  }

  private static List<Object> examples() {
    List<Object> examples = new ArrayList<>(given());
    Rules.all().map(Rules::rule).forEach(examples::add);
    examples.addAll(ScheduleCases.ALL.values());
    return examples;
  }

  private static List<Object> given() {
    Tensor x = Tensor.of(0.5);
    Parameter weight = Parameter.of("weight", x);
    Parameter other = Parameter.of("other", x);
    Adam rule = new Adam();
    SequencedMap<String, Double> settings = new LinkedHashMap<>(Map.of("learningRate", 0.5));
    Supplier<Object> supplier = () -> weight.tensor().square().sum();
    LongToDoubleFunction ofSteps = step -> 1;
    DoubleUnaryOperator unary = y -> y;
    return Arrays.asList(
        rule,
        new Optimizer(
            new ParameterGroup(List.of(weight), rule), new ParameterGroup(List.of(other), rule)),
        weight.tensor().sum().backward(),
        new ConstantLR(),
        new PerGroup(new ConstantLR()),
        new Muon(),
        StateDict.check(
            "a", new LinkedHashMap<>(Map.of("learningRate", x)), Map.of("learningRate", x)),
        LBFGS.Options.DEFAULT,
        Newton.Options.DEFAULT,
        ReduceLROnPlateau.Options.DEFAULT,
        new CyclicLR(0.1, 0.2).height(),
        new MomentumRange(0.8, 0.9),
        x,
        weight,
        new ParameterGroup(List.of(weight), rule),
        List.of(weight),
        settings,
        supplier,
        ofSteps,
        unary,
        Averaging.equal(),
        new AveragedParameters(List.of(weight), Averaging.equal()),
        new ReduceLROnPlateau(),
        new LBFGS(List.of(weight)),
        new Newton(List.of(weight)),
        new PerceptronRule(weight),
        new DeltaRule(weight, 0.5),
        "learningRate",
        1L);
  }

  @Test
  void everyArgumentThatIsNullIsNamed() throws Exception {
    NullCalls calls = new NullCalls(examples(), NullArgumentsTest::isLeftOut);
    assertEquals("", String.join("\n", calls.faults(ExportedClasses.all(Optimizer.class))));
    assertTrue(calls.count() > 20, () -> calls.count() + " calls");
  }
}
