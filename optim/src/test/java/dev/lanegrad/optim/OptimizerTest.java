package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.SubstitutionException;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OptimizerTest {
  private final Parameter a = Parameter.of("a", Tensor.of(1.0, 2.0));
  private final Parameter b = Parameter.of("b", Tensor.of(3f));

  @Test
  void updatesEveryParameterInItsOwnDtype() {
    Optimizer optimizer = new Optimizer(List.of(a, b), new SGD(0.5));
    Gradients gradients =
        a.tensor().square().sum().backward().add(b.tensor().square().sum().backward());

    optimizer.step(gradients);
    assertArrayEquals(new double[] {0, 0}, a.tensor().toDoubleArray());
    assertArrayEquals(new float[] {0}, b.tensor().toFloatArray());
  }

  @Test
  void parametersThatTheLossDoesNotDependOnStayAsTheyAre() {
    Optimizer optimizer = new Optimizer(List.of(a, b), new AdamW(0.1));

    optimizer.step(a.tensor().sum().backward());
    assertEquals(1, a.version());
    assertEquals(0, b.version());
    assertEquals(3, b.tensor().item());
  }

  /** Adam's first step is the learning rate times the gradient's sign, whenever it is made. */
  @Test
  void stepsAreCountedForEachParameter() {
    Optimizer optimizer = new Optimizer(List.of(a, b), new Adam(0.25));
    for (int i = 0; i < 10; i++) {
      optimizer.step(a.tensor().sum().backward());
    }
    optimizer.step(b.tensor().sum().backward());

    assertEquals(2.75, b.tensor().item(), 1e-6);
  }

  @Test
  void theLearningRateCanChange() {
    Optimizer optimizer = new Optimizer(List.of(b), new SGD(1));
    assertEquals(1, optimizer.learningRate());

    optimizer.setLearningRate(0.25);
    optimizer.step(b.tensor().sum().backward());
    optimizer.setLearningRate(0);
    optimizer.step(b.tensor().sum().backward());

    assertEquals(0, optimizer.learningRate());
    assertEquals(2.75, b.tensor().item());
    assertThrows(IllegalArgumentException.class, () -> optimizer.setLearningRate(-1));
    assertThrows(IllegalArgumentException.class, () -> optimizer.setLearningRate(Double.NaN));
  }

  @Test
  void aGraphFromBeforeAStepIsRefused() {
    Optimizer optimizer = new Optimizer(List.of(a), new SGD(0.1));
    Tensor loss = a.tensor().square().sum();

    optimizer.step(loss.backward());
    assertThrows(GradientException.class, loss::backward);
  }

  @Test
  void nothingIsUpdatedWhereATensorStandsInForAParameter() {
    Optimizer optimizer = new Optimizer(List.of(b, a), new SGD(0.1));
    Gradients own = a.tensor().sum().backward().add(b.tensor().sum().backward());
    Tensor standIn = Tensor.of(5.0, 6.0).requiresGrad();
    Parameter.substitute(
        Map.of(a, standIn),
        () -> {
          Gradients gradients = a.tensor().square().sum().backward();
          SubstitutionException thrown =
              assertThrows(SubstitutionException.class, () -> optimizer.step(gradients));
          assertThrows(SubstitutionException.class, () -> optimizer.step(own));
          assertTrue(thrown.getMessage().startsWith("optimizer: parameter \"a\" cannot be"));
          return null;
        });

    assertArrayEquals(new double[] {5, 6}, standIn.toDoubleArray());
    assertArrayEquals(new double[] {1, 2}, a.tensor().toDoubleArray());
    assertEquals(3, b.tensor().item());
    optimizer.step(own);
    assertArrayEquals(new double[] {0.9, 1.9}, a.tensor().toDoubleArray());
  }

  @Test
  void aParameterThatIsFrozenMeanwhileStaysAsItIs() {
    Optimizer optimizer = new Optimizer(List.of(a), new SGD(0.1));
    Gradients gradients = a.tensor().sum().backward();
    a.freeze();
    optimizer.step(gradients);

    assertArrayEquals(new double[] {1, 2}, a.tensor().toDoubleArray());
  }

  @Test
  void theSameParameterTwiceOrNoneIsRefused() {
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class, () -> new Optimizer(List.of(a, b, a), new SGD(1)));
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> new Optimizer(List.of(), new SGD(1)));

    assertEquals("optimizer: parameter \"a\" is given twice", twice.getMessage());
    assertEquals("optimizer: there is no parameter to update", none.getMessage());
  }

  @Test
  void gradientsThatHoldNoneOfItsParametersAreRefused() {
    Optimizer optimizer = new Optimizer(List.of(a, b), new SGD(0.1));
    Parameter other = Parameter.of("other", Tensor.of(1.0));
    Gradients foreign = other.tensor().square().sum().backward();
    GradientException refused =
        assertThrows(GradientException.class, () -> optimizer.step(foreign));
    assertEquals(
        "optimizer: the gradients hold none of its 2 parameters (a, b) but Gradients[other"
            + " float64[1]]: the loss was computed from other ones, or while all were frozen",
        refused.getMessage());
    assertEquals(0, a.version());
  }

  /** One that was meant to be a parameter would never move. */
  @Test
  void theFirstStepWarnsOfTensorsThatAreNoParameters() {
    Logger logger = Logger.getLogger("dev.lanegrad.optim");
    List<String> messages = new ArrayList<>();
    Filter before = logger.getFilter();
    logger.setFilter(
        entry -> {
          messages.add(entry.getMessage());
          return false;
        });
    try {
      Optimizer optimizer = new Optimizer(List.of(a), new SGD(0.1));
      Tensor scale = Tensor.of(2.0, 3).requiresGrad();
      for (int i = 0; i < 3; i++) {
        optimizer.step(a.tensor().mul(scale).sum().backward());
      }
      new Optimizer(List.of(a), new SGD(0.1)).step(a.tensor().sum().backward());
    } finally {
      logger.setFilter(before);
    }
    assertEquals(
        List.of(
            "optimizer: the loss also depends on tensors that require a gradient and are no"
                + " parameters, [float64[2]]: no step changes them; Parameter.of makes parameters"),
        messages);
  }

  @Test
  void whatIsNullIsNamed() {
    List<Parameter> holes = Arrays.asList(a, null);
    Optimizer optimizer = new Optimizer(List.of(a), new SGD(0.1));
    Map<String, Executable> calls = new LinkedHashMap<>();
    calls.put("optimizer: rule is null", () -> new Optimizer(List.of(a), null));
    calls.put(
        "optimizer: parameters is null", () -> new Optimizer((List<Parameter>) null, new SGD(0.1)));
    calls.put("optimizer: parameters[1] is null", () -> new Optimizer(holes, new SGD(0.1)));
    calls.put("optimizer: gradients is null", () -> optimizer.step(null));
    calls.put("optimizer: the state is null", () -> optimizer.loadStateDict(null));
    calls.put("clipping: gradients is null", () -> Clipping.byNorm(null, 1));
    calls.put("LBFGS: options is null", () -> new LBFGS(List.of(a), null));
    calls.put("Newton: loss is null", () -> new Newton(List.of(a)).step(null));
    calls.put(
        "AveragedParameters: averaging is null", () -> new AveragedParameters(List.of(a), null));
    calls.put("PerceptronRule: weights is null", () -> new PerceptronRule(null));
    calls.forEach(
        (message, call) ->
            assertEquals(message, assertThrows(NullPointerException.class, call).getMessage()));
  }

  @Test
  void printsWhatItIs() {
    assertEquals(
        "Optimizer[SGD[learningRate=0.1, momentum=0.0, dampening=0.0, nesterov=false,"
            + " weightDecay=0.0] of 2 parameters (a, b)]",
        new Optimizer(List.of(a, b), new SGD(0.1)).toString());
  }

  /** Each group has its own rule and its own rate. */
  @Test
  void groupsGoTheirOwnWay() {
    Optimizer optimizer =
        new Optimizer(
            new ParameterGroup(List.of(a), new SGD(0.5)),
            new ParameterGroup(List.of(b), new SGD(0.25).withWeightDecay(1)));
    optimizer.set(1, "learningRate", 0.125);
    optimizer.step(a.tensor().sum().backward().add(b.tensor().sum().backward()));
    assertArrayEquals(new double[] {0.5, 1.5}, a.tensor().toDoubleArray());
    assertEquals(2.5, b.tensor().item());
    assertEquals(0.5, optimizer.learningRate());
    assertEquals(0.125, optimizer.learningRate(1));
    assertEquals(0.25, optimizer.initialSettings(1).get("learningRate"));
    assertEquals(List.of(a, b), optimizer.parameters());
    assertEquals(List.of(b), optimizer.parameters(1));

    optimizer.setLearningRate(1);
    assertEquals(1, optimizer.learningRate(0));
    assertEquals(1, optimizer.learningRate(1));
  }

  @Test
  void aParameterInTwoGroupsOrNoGroupIsRefused() {
    ParameterGroup one = new ParameterGroup(List.of(a), new SGD(0.5));
    assertThrows(IllegalArgumentException.class, () -> new Optimizer(one, one));
    assertThrows(IllegalArgumentException.class, () -> new Optimizer());
    assertThrows(IllegalArgumentException.class, () -> new ParameterGroup(List.of(), new SGD(0.5)));
  }

  /** The steps of the second parameter are counted from its own first one. */
  @Test
  void theStateHasAllThatAStepDependsOn() {
    Optimizer optimizer = new Optimizer(List.of(a, b), new NAdam(0.1));
    optimizer.step(a.tensor().sum().backward());
    Map<String, Tensor> state = optimizer.stateDict();
    assertEquals(
        List.of(
            "group.0.learningRate",
            "group.0.beta1",
            "group.0.beta2",
            "group.0.epsilon",
            "group.0.weightDecay",
            "group.0.momentumDecay",
            "state.a.step",
            "state.a.momentumProduct",
            "state.a.firstMoment",
            "state.a.secondMoment",
            "state.b.step",
            "state.b.momentumProduct",
            "state.b.firstMoment",
            "state.b.secondMoment"),
        List.copyOf(state.keySet()));
    assertEquals(1, state.get("state.a.step").item());
    assertEquals(0, state.get("state.b.step").item());
    assertArrayEquals(
        new double[] {0.1, 0.1}, optimizer.state(a, "firstMoment").toDoubleArray(), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> optimizer.state(a, "momentum"));
    Parameter other = Parameter.of("a", Tensor.of(1.0));
    assertThrows(IllegalArgumentException.class, () -> optimizer.state(other, "firstMoment"));
  }

  /** A snapshot: later steps do not change it. */
  @Test
  void aStateStaysAsItWasTaken() {
    Optimizer optimizer = new Optimizer(List.of(a), new SGD(0.1, 0.9));
    optimizer.step(a.tensor().sum().backward());
    Map<String, Tensor> state = optimizer.stateDict();
    optimizer.step(a.tensor().sum().backward());
    assertArrayEquals(new double[] {1, 1}, state.get("state.a.momentum").toDoubleArray());
  }

  @Test
  void aStateThatDoesNotFitNamesEverything() {
    Optimizer optimizer = new Optimizer(List.of(a, b), new SGD(0.1, 0.9));
    Map<String, Tensor> state = new LinkedHashMap<>(optimizer.stateDict());
    state.remove("state.a.momentum");
    state.put("state.b.momentum", Tensor.of(1f, 2));
    state.put("state.c.momentum", Tensor.of(1f));
    assertEquals(
        "optimizer: the state does not fit: \"state.a.momentum\" is missing,"
            + " \"state.b.momentum\" is float32[2] instead of float32[1],"
            + " \"state.c.momentum\" is not known here",
        assertThrows(IllegalArgumentException.class, () -> optimizer.loadStateDict(state))
            .getMessage());
    Map<String, Tensor> fraction = new LinkedHashMap<>(optimizer.stateDict());
    fraction.put("state.a.step", Tensor.scalar(DType.FLOAT64, 1.5));
    assertThrows(IllegalArgumentException.class, () -> optimizer.loadStateDict(fraction));
    Map<String, Tensor> rate = new LinkedHashMap<>(optimizer.stateDict());
    rate.put("group.0.learningRate", Tensor.scalar(DType.FLOAT64, -1));
    assertThrows(IllegalArgumentException.class, () -> optimizer.loadStateDict(rate));
    assertEquals(0.1, optimizer.learningRate());
  }

  @Test
  void parametersOfOneNameAreToldApart() {
    Parameter twin = Parameter.of("a", Tensor.of(3.0));
    Optimizer optimizer = new Optimizer(List.of(a, twin), new SGD(0.1, 0.9));
    assertTrue(optimizer.stateDict().containsKey("state.a.momentum"));
    assertTrue(optimizer.stateDict().containsKey("state.a#2.momentum"));
  }

  /** As of a schedule that cycles the momentum of an optimizer that was made without one. */
  @Test
  void aMomentumCanBeginAndEnd() {
    Optimizer optimizer = new Optimizer(List.of(b), new SGD(1));
    optimizer.set("momentum", 0.5);
    optimizer.step(b.tensor().sum().backward());
    optimizer.step(b.tensor().sum().backward());
    assertEquals(0.5, b.tensor().item());
    Map<String, Tensor> state = optimizer.stateDict();
    Parameter twin = Parameter.of("b", b.tensor().detach());
    Optimizer resumed = new Optimizer(List.of(twin), new SGD(1));
    resumed.loadStateDict(state);
    resumed.step(twin.tensor().sum().backward());
    assertEquals(0.5 - 1.75, twin.tensor().item());
    optimizer.set("momentum", 0);
    optimizer.step(b.tensor().sum().backward());
    assertEquals(-0.5, b.tensor().item());
  }

  /** Gradients of parts of a batch, added, are those of the batch. */
  @Test
  void accumulatedGradientsGiveTheStepOfTheWholeBatch() {
    Tensor x = Tensor.of(1.0, -2, 3, 0.5);
    Parameter whole = Parameter.of("w", Tensor.of(0.3));
    Parameter parts = Parameter.of("w", Tensor.of(0.3));
    Optimizer one = new Optimizer(List.of(whole), new Adam(0.1));
    Optimizer two = new Optimizer(List.of(parts), new Adam(0.1));
    one.step(whole.tensor().mul(x).square().mean().backward());
    Gradients sum = parts.tensor().mul(x.slice(0, 0, 2)).square().mean().backward();
    sum = sum.add(parts.tensor().mul(x.slice(0, 2, 4)).square().mean().backward());
    two.step(sum.scale(0.5));
    assertEquals(whole.tensor().item(), parts.tensor().item(), 1e-15);
  }
}
