package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tensors in the place of parameters: one inside another, on other threads, and never written. */
class SubstitutionTest {
  private final Parameter a = Parameter.of("a", Tensor.of(1.0));
  private final Parameter b = Parameter.of("b", Tensor.of(10.0));

  private double sum() {
    return a.tensor().add(b.tensor()).item();
  }

  private static <T> T onAnotherThread(Supplier<T> action) {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      return other.submit(action::get).get();
    } catch (ExecutionException e) {
      throw assertInstanceOf(RuntimeException.class, e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theInnerOneKeepsWhatTheOuterOneSays() {
    double both =
        Parameter.substitute(
            Map.of(a, Tensor.of(2.0)),
            () -> Parameter.substitute(Map.of(b, Tensor.of(30.0)), this::sum));
    double inner =
        Parameter.substitute(
            Map.of(a, Tensor.of(2.0), b, Tensor.of(20.0)),
            () -> Parameter.substitute(Map.of(b, Tensor.of(30.0)), this::sum) + 100 * sum());

    assertEquals(32, both);
    assertEquals(32 + 100 * 22, inner);
    assertEquals(11, sum());
  }

  @Test
  void outerStandInsAreDifferentiatedThroughInnerOnes() {
    Tensor outer = Tensor.of(2.0).requiresGrad();
    Tensor product =
        Parameter.substitute(
            Map.of(a, outer),
            () ->
                Parameter.substitute(
                    Map.of(b, a.tensor().square()), () -> a.tensor().mul(b.tensor())));

    assertEquals(12, product.backward().of(outer).item());
  }

  @Test
  void anotherThreadIsRefusedUntilItEnds() {
    Map<Parameter, Tensor> standIns = Map.of(a, Tensor.of(2.0));
    SubstitutionException thrown =
        assertThrows(
            SubstitutionException.class,
            () -> Parameter.substitute(standIns, () -> onAnotherThread(this::sum)));

    assertTrue(thrown.getMessage().startsWith("parameter \"a\" is used on thread \""));
    assertTrue(thrown.getMessage().contains("Scopes.current()"));
    assertEquals(11, onAnotherThread(this::sum));
  }

  @Test
  void aSubstitutionOfAnotherThreadThatForgetsTheOuterOneIsRefused() {
    assertThrows(
        SubstitutionException.class,
        () ->
            Parameter.substitute(
                Map.of(a, Tensor.of(2.0)),
                () ->
                    onAnotherThread(
                        () -> Parameter.substitute(Map.of(b, Tensor.of(5.0)), this::sum))));
  }

  @Test
  void threadsWithStandInsOfTheirOwnDoNotDisturbEachOther() {
    double other =
        Parameter.substitute(
            Map.of(a, Tensor.of(2.0)),
            () ->
                onAnotherThread(() -> Parameter.substitute(Map.of(a, Tensor.of(5.0)), this::sum)));

    assertEquals(15, other);
  }

  @Test
  void aThreadThatMeansTheOldNumbersSaysSo() {
    double own =
        Parameter.substitute(
            Map.of(a, Tensor.of(2.0)),
            () -> onAnotherThread(() -> Scopes.current().call(this::sum)));

    assertEquals(11, own);
  }

  @Test
  void scopesCarryItOver() {
    Tensor standIn = Tensor.of(2.0).requiresGrad();
    double slope =
        Parameter.substitute(
            Map.of(a, standIn),
            () -> {
              Scopes here = Scopes.current();
              return List.of(1.0, 2.0, 3.0, 4.0).parallelStream()
                  .map(x -> here.call(() -> a.tensor().mul(b.tensor()).mul(x)))
                  .reduce(Tensor::add)
                  .orElseThrow()
                  .backward()
                  .of(standIn)
                  .item();
            });

    assertEquals(100, slope);
    assertEquals(11, onAnotherThread(this::sum));
  }

  @Test
  void scopesCarryOverWhetherThingsAreRecordedAndWatched() {
    Scopes outside = Scopes.current();
    Scopes inside = Autodiff.withoutGradient(Scopes::current);
    Scopes watching = Autodiff.detectAnomaly(Scopes::current);

    assertFalse(onAnotherThread(() -> inside.call(this::isRecorded)));
    assertTrue(Autodiff.withoutGradient(() -> outside.call(this::isRecorded)));
    assertThrows(
        AnomalyException.class,
        () -> onAnotherThread(() -> watching.call(() -> Tensor.of(-1.0).log())));
    assertTrue(
        Autodiff.detectAnomaly(
            () -> Double.isNaN(outside.call(() -> Tensor.of(-1.0).log().item()))));
  }

  private boolean isRecorded() {
    return a.tensor().mul(2).isTracked();
  }

  @Test
  void anExceptionEndsItToo() {
    assertThrows(
        ArithmeticException.class,
        () ->
            Parameter.substitute(
                Map.of(a, Tensor.of(2.0)),
                () -> {
                  throw new ArithmeticException();
                }));

    assertEquals(11, onAnotherThread(this::sum));
  }

  @Test
  void whatIsSubstitutedIsNotChanged() {
    Tensor standIn = Tensor.of(2.0);
    Elementwise twice = Elementwise.of(Formula.input(0).mul(2), Formula.input(0).mul(3));
    Parameter.substitute(
        Map.of(a, standIn),
        () -> {
          SubstitutionException assigned =
              assertThrows(SubstitutionException.class, () -> a.assign(Tensor.of(7.0)));
          assertEquals(
              "assign: parameter \"a\" cannot be changed inside Parameter.substitute, where another"
                  + " tensor stands in its place: change it outside, or leave it out of the"
                  + " substitution",
              assigned.getMessage());
          assertThrows(
              SubstitutionException.class,
              () -> new Update(twice, List.of(b, a)).apply(Tensor.of(1.0)));
          b.assign(Tensor.of(20.0));
          return null;
        });

    assertArrayEquals(new double[] {2}, standIn.toDoubleArray());
    assertEquals(21, sum());
    assertEquals(0, a.version());
  }

  @Test
  void gradientsOfAParameterAreThoseOfItsStandIn() {
    Tensor standIn = Tensor.of(2.0).requiresGrad();
    Gradients before = a.tensor().mul(5).backward();
    Parameter.substitute(
        Map.of(a, standIn),
        () -> {
          assertEquals(3, a.tensor().mul(3).backward().of(a).item());
          assertEquals(5, before.of(a).item());
          assertEquals(10, a.tensor().mul(b.tensor()).backward().of(a).item());
          return null;
        });
  }
}
