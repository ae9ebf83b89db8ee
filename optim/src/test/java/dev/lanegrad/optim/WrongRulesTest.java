package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A rule that contradicts itself is refused when the optimizer is made. */
class WrongRulesTest {
  private final Parameter p = Parameter.of("p", Tensor.of(1.0, 2));

  /** A rule of a user's own. */
  private record Own(
      List<String> states,
      int numbers,
      int later,
      Function<ElementwiseRule.Terms, List<Formula>> formulas)
      implements ElementwiseRule {
    @Override
    public SequencedMap<String, Double> settings() {
      return new LinkedHashMap<>(java.util.Map.of("learningRate", 0.1));
    }

    @Override
    public Own with(String setting, double value) {
      return this;
    }

    @Override
    public double[] numbers(long step, double[] memory) {
      return new double[step == 1 ? numbers : later];
    }

    @Override
    public List<Formula> step(ElementwiseRule.Terms old) {
      return formulas.apply(old);
    }
  }

  private String refusal(Rule rule) {
    return assertThrows(IllegalArgumentException.class, () -> new Optimizer(List.of(p), rule))
        .getMessage();
  }

  @Test
  void formulasMustFitTheStates() {
    String few =
        refusal(new Own(List.of("a", "b"), 1, 1, old -> List.of(old.parameter(), old.gradient())));
    assertTrue(
        few.endsWith("must give 1 formula for the parameter and 2 for its states [a, b], not 2"),
        few);
    String strange = refusal(new Own(List.of(), 1, 1, old -> List.of(Formula.input(7))));
    assertTrue(strange.endsWith("must be made of its 3 terms, and is x7"), strange);
    String none = refusal(new Own(List.of(), 1, 1, old -> Arrays.asList((Formula) null)));
    assertTrue(none.endsWith("must be made of its 3 terms, and is null"), none);
  }

  @Test
  void numbersMustBeAsManyInEveryStep() {
    String message = refusal(new Own(List.of(), 1, 2, old -> List.of(old.parameter())));
    assertTrue(message.endsWith("gives 1 numbers in step 1 and 2 in step 2"), message);
  }

  @Test
  void statesMustHaveNamesOfTheirOwn() {
    Function<ElementwiseRule.Terms, List<Formula>> formulas =
        old -> List.of(old.parameter(), old.gradient(), old.gradient());
    assertTrue(
        refusal(new Own(List.of("a", "a"), 1, 1, formulas)).contains("remembers \"a\" twice"));
    assertTrue(
        refusal(new Own(List.of("a", "step"), 1, 1, formulas))
            .contains("remembers \"step\" twice"));
  }

  /** A rule about whole tensors. */
  private record Whole(Function<Tensor, List<Tensor>> results) implements TensorRule {
    @Override
    public SequencedMap<String, Double> settings() {
      return new LinkedHashMap<>(java.util.Map.of("learningRate", 0.1));
    }

    @Override
    public Whole with(String setting, double value) {
      return this;
    }

    @Override
    public double[] numbers(long step, double[] memory) {
      return new double[0];
    }

    @Override
    public SequencedMap<String, Tensor> states(Tensor parameter) {
      return new LinkedHashMap<>(java.util.Map.of("mean", Tensor.of(0.0)));
    }

    @Override
    public List<Tensor> step(TensorRule.Terms old) {
      return results.apply(old.parameter());
    }
  }

  @Test
  void resultsOfTensorRulesMustHaveTheShapesOfWhatTheyReplace() {
    assertTrue(
        refusal(new Whole(List::of))
            .endsWith(
                "must give [float64[2], float64[1]] for parameter \"p\" and its states [mean], not"
                    + " [float64[2]]"));
    assertTrue(
        refusal(new Whole(p -> List.of(p.sum(), Tensor.of(1.0))))
            .endsWith("not [float64[], float64[1]]"));
    assertTrue(
        refusal(new Whole(p -> List.of(p, Tensor.of(1f))))
            .endsWith("not [float64[2], float32[1]]"));
    assertEquals(0, p.version());
  }

  @Test
  void aRuleThatDoesNotTakeAParameterSaysSo() {
    assertEquals(
        "Muon: takes matrices [n, m], not a parameter of shape [2]: give that one to another rule"
            + " in a ParameterGroup of its own",
        refusal(new Muon(0.1)));
  }
}
