package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.SubstitutionException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
