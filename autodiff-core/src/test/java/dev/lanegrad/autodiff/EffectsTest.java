package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.Philox;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Buffers that change for a while: what is seen inside, outside and on other threads. */
class EffectsTest {
  private final Parameter count = Parameter.buffer("count", Tensor.of(1.0, 2.0));
  private final Parameter weight = Parameter.of("weight", Tensor.of(5.0));

  /** Kept, so that it knows where the numbers are. */
  private final Update doubling =
      new Update(Elementwise.of(Formula.input(0).mul(2)), List.of(count));

  /** The first number before and after it is doubled. */
  private double[] doubled() {
    double before = first();
    doubling.apply();
    return new double[] {before, first()};
  }

  private double first() {
    return count.tensor().toDoubleArray()[0];
  }

  private static <T> T onAnotherThread(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action, task -> Thread.ofPlatform().start(task)).join();
  }

  @Test
  void whatChangesIsSeenInsideAndForgottenAfterwards() {
    int version = count.version();
    double[] numbers =
        Autodiff.withoutEffects(
            () -> {
              doubled();
              count.assign(count.tensor().add(1));
              return doubled();
            });

    assertArrayEquals(new double[] {3, 6}, numbers);
    assertArrayEquals(new double[] {1, 2}, count.tensor().toDoubleArray());
    assertEquals(version, count.version());
    assertArrayEquals(new double[] {1, 2}, doubled());
  }

  @Test
  void anInnerOneBeginsWithWhatTheOuterOneChanged() {
    Autodiff.withoutEffects(
        () -> {
          doubled();
          assertArrayEquals(new double[] {2, 4}, Autodiff.withoutEffects(this::doubled));
          assertArrayEquals(new double[] {2, 4}, doubled());
        });
    assertEquals(1, first());
  }

  /** In either order; the tensors that stand in are not written. */
  @Test
  void aStandInIsWhereItBegins() {
    Tensor standIn = Tensor.of(10.0, 20.0);
    Map<Parameter, Tensor> standIns = Map.of(count, standIn);
    Supplier<double[]> twice =
        () -> {
          doubled();
          return doubled();
        };
    double[] expected = {20, 40};

    assertArrayEquals(
        expected, Parameter.substitute(standIns, () -> Autodiff.withoutEffects(twice)));
    assertArrayEquals(
        expected, Autodiff.withoutEffects(() -> Parameter.substitute(standIns, twice)));
    Autodiff.withoutEffects(
        () -> {
          doubled();
          assertArrayEquals(expected, Parameter.substitute(standIns, twice));
          Parameter.substitute(Map.of(weight, Tensor.of(6.0)), this::doubled);
          assertEquals(4, first());
        });
    assertEquals(10, standIn.toDoubleArray()[0]);
    assertEquals(1, first());
  }

  @Test
  void onlyBuffersAreChangedInside() {
    Autodiff.withoutEffects(
        () -> {
          SubstitutionException refused =
              assertThrows(SubstitutionException.class, () -> weight.assign(Tensor.of(1.0)));
          assertEquals(
              "assign: parameter \"weight\" cannot be changed inside Autodiff.withoutEffects, which"
                  + " forgets what becomes of buffers in a forward pass: change it outside",
              refused.getMessage());
        });
    assertEquals(5, weight.tensor().item());
  }

  @Test
  void gradientsOfWhatReadsABufferReachWeights() {
    Tensor product =
        Autodiff.withoutEffects(
            () -> {
              doubled();
              return count.tensor().sum().mul(weight.tensor());
            });
    assertEquals(6, product.backward().of(weight).item());
  }

  @Test
  void otherThreadsSeeTheNumbersAsTheyAreUnlessScopesAreCarriedOver() {
    Autodiff.withoutEffects(
        () -> {
          doubled();
          Scopes here = Scopes.current();
          assertEquals(1, onAnotherThread(this::first));
          assertEquals(2, onAnotherThread(() -> here.call(this::first)));
          onAnotherThread(() -> here.call(this::doubled));
          assertEquals(4, first());
        });
    assertEquals(1, first());
  }

  @Test
  void anExceptionEndsItToo() {
    assertThrows(
        ArithmeticException.class,
        () ->
            Autodiff.withoutEffects(
                () -> {
                  doubled();
                  throw new ArithmeticException();
                }));
    assertEquals(1, first());
    assertArrayEquals(new double[] {1, 2}, doubled());
  }

  @Test
  void aScopeOfMemoryInsideTakesNothingAway() {
    double[] numbers =
        Autodiff.withoutEffects(
            () -> {
              Autodiff.tidy(() -> count.assign(count.tensor().mul(3)));
              Autodiff.tidy(() -> Tensor.of(1.0, 2.0).add(1));
              return count.tensor().toDoubleArray();
            });
    assertArrayEquals(new double[] {3, 6}, numbers);
  }

  /** A key that a layer counts in gives what the same key gives as words. */
  @Test
  void randomNumbersFollowFromABuffer() {
    long seed = (1L << 53) - 12_345;
    Philox uniform = new Philox(DType.FLOAT32, Shape.of(9));
    for (long drawn : new long[] {0, 1, 5_000_000_000L}) {
      assertArrayEquals(
          new RandomKey(seed, drawn).uniform(DType.FLOAT32, 9).toFloatArray(),
          uniform.applyTo(Tensor.of((double) seed, (double) drawn)).toFloatArray());
    }
  }
}
