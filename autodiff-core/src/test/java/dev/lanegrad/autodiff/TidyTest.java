package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Update;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scopes that recycle memory: what leaves lives, what stays is gone, and no number changes. */
class TidyTest {
  private static final Elementwise DESCEND =
      Elementwise.of(Formula.input(0).sub(Formula.input(1).mul(0.05)));

  @Test
  void whatLeavesAScopeStaysWhileOthersReuseTheRest() {
    Tensor x = Tensor.of(1.0, 2.0, 3.0);
    Tensor kept = Autodiff.tidy(() -> x.mul(2).add(1));
    for (int i = 0; i < 10; i++) {
      Autodiff.tidy(() -> x.mul(100).add(100).sum());
    }
    assertArrayEquals(new double[] {3, 5, 7}, kept.toDoubleArray());
  }

  @Test
  void viewsListsAndGradientsLeaveToo() {
    Tensor w = Tensor.of(1.0, 2.0).requiresGrad();
    Tensor view = Autodiff.tidy(() -> w.detach().mul(3).reshape(2, 1));
    List<Tensor> both = Autodiff.tidy(() -> List.of(w.detach().exp(), w.detach().neg()));
    Gradients gradients = Autodiff.tidy(() -> w.square().sum().backward());
    Autodiff.tidy(() -> List.of(w.mul(7), w.mul(8), w.mul(9), w.mul(10)).size());
    assertArrayEquals(new double[] {3, 6}, view.toDoubleArray());
    assertEquals(-2, both.get(1).toDoubleArray()[1]);
    assertArrayEquals(new double[] {2, 4}, gradients.of(w).toDoubleArray());
  }

  @Test
  void aTensorThatWasReleasedRefusesToBeUsed() {
    Tensor x = Tensor.of(1.0, 2.0);
    List<Tensor> smuggled = new ArrayList<>();
    Autodiff.tidy(() -> smuggled.add(x.mul(2)));
    Supplier<Tensor> use = () -> smuggled.getFirst().add(1);
    assertTrue(
        assertThrows(ReleasedException.class, use::get).getMessage().contains("Autodiff.tidy"));
    assertThrows(ReleasedException.class, () -> smuggled.getFirst().toDoubleArray());
  }

  @Test
  void theInnerOfTwoScopesHandsItsResultToTheOuter() {
    Tensor x = Tensor.of(4.0);
    List<Tensor> inner = new ArrayList<>();
    double result =
        Autodiff.tidy(
            () -> {
              inner.add(Autodiff.tidy(() -> x.sqrt()));
              return inner.getFirst().add(1).item();
            });
    assertEquals(3, result);
    assertThrows(ReleasedException.class, inner.getFirst()::item);
  }

  @Test
  void aScopeEndsInAnExceptionToo() {
    Tensor x = Tensor.of(1.0, 2.0);
    List<Tensor> smuggled = new ArrayList<>();
    assertThrows(
        ShapeException.class,
        () -> Autodiff.tidy(() -> smuggled.add(x.mul(2).add(x.sum(0)).reshape(3))));
    Autodiff.tidy(() -> smuggled.add(x.mul(2)));
    assertThrows(ReleasedException.class, () -> smuggled.getFirst().toDoubleArray());
  }

  /** Copies a tensor again and again while the thread that made it recycles its array. */
  @Test
  void anotherThreadReadsTheRightNumbersOrNone() throws InterruptedException {
    Tensor ones = Tensor.ones(DType.FLOAT32, 300_000);
    AtomicReference<@Nullable Tensor> shared = new AtomicReference<>();
    AtomicBoolean isDone = new AtomicBoolean();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger released = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              while (!isDone.get() && wrong.isEmpty()) {
                Tensor tensor = shared.get();
                try {
                  if (tensor != null) {
                    float[] numbers = tensor.toFloatArray();
                    float[] negated = tensor.neg().toFloatArray();
                    for (int i = 0; i < numbers.length; i++) {
                      if (numbers[i] != 2 || negated[i] != -2) {
                        wrong.add(numbers[i] + " and " + negated[i] + " at " + i);
                        break;
                      }
                    }
                  }
                } catch (ReleasedException e) {
                  released.incrementAndGet();
                }
              }
            });
    reader.start();
    while (released.get() < 20 && wrong.isEmpty()) {
      Autodiff.tidy(
          () -> {
            shared.set(ones.add(1));
            ones.sum().item();
          });
      Autodiff.tidy(() -> ones.mul(9));
    }
    isDone.set(true);
    reader.join();
    assertEquals(List.of(), wrong);
  }

  /** An operation during which somebody does something else. */
  private record Interrupted(Runnable meanwhile) implements Op {
    @Override
    public String name() {
      return "interrupted";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(new TensorType(inputs.getFirst().dtype(), inputs.getFirst().shape()));
    }

    @Override
    public List<Tensor> forward(Call call) {
      meanwhile.run();
      return List.of(Tensor.zeros(call.type(0).dtype(), call.type(0).shape().toArray()));
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      return gradients;
    }
  }

  @Test
  void anOperationDuringWhichTheScopeOfItsInputEndsIsRefused() throws Exception {
    CountDownLatch isRunning = new CountDownLatch(1);
    CountDownLatch isOver = new CountDownLatch(1);
    Interrupted op =
        new Interrupted(
            () -> {
              isRunning.countDown();
              await(isOver);
            });
    Tensor x = Tensor.of(1.0, 2.0);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Tensor> result =
          Autodiff.tidy(
              () -> {
                Tensor inside = x.mul(2);
                Future<Tensor> running = other.submit(() -> op.applyTo(inside));
                await(isRunning);
                return running;
              });
      isOver.countDown();
      assertInstanceOf(
          ReleasedException.class, assertThrows(ExecutionException.class, result::get).getCause());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void trainingInScopesGivesTheBitsOfTrainingWithout() {
    assertArrayEquals(train(false), train(true));
  }

  private static float[] train(boolean tidy) {
    SplittableRandom random = new SplittableRandom(3);
    Tensor x = Tensor.normal(random, DType.FLOAT32, 37, 21);
    Tensor y = Tensor.normal(random, DType.FLOAT32, 37, 5);
    Parameter first = Parameter.of("first", Tensor.normal(random, DType.FLOAT32, 33, 21).mul(0.2));
    Parameter second = Parameter.of("second", Tensor.normal(random, DType.FLOAT32, 33, 5).mul(0.2));
    Supplier<Double> step =
        () -> {
          Tensor hidden = x.matmul(first.tensor().transpose()).gelu().softmax(1);
          Tensor loss = hidden.matmul(second.tensor()).sub(y).square().mean();
          Gradients gradients = loss.backward();
          for (Parameter parameter : List.of(first, second)) {
            new Update(DESCEND, List.of(parameter)).apply(gradients.of(parameter));
          }
          return loss.item();
        };
    for (int i = 0; i < 60; i++) {
      double loss = tidy ? Autodiff.tidy(step) : step.get();
      assertTrue(Double.isFinite(loss));
    }
    return first.tensor().toFloatArray();
  }
}
