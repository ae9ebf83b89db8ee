package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragedParametersTest {
  private final Parameter p = Parameter.of("p", Tensor.of(1.0, 2));

  @Test
  void equalWeightsGiveTheMean() {
    AveragedParameters average = new AveragedParameters(List.of(p), Averaging.equal());
    for (int i = 1; i <= 4; i++) {
      p.assign(Tensor.of(i, 10.0 * i));
      average.update();
    }
    assertArrayEquals(new double[] {2.5, 25}, average.average(p).toDoubleArray(), 1e-14);
    assertEquals(4, average.count());
  }

  @Test
  void exponentialWeightsForget() {
    AveragedParameters average = new AveragedParameters(List.of(p), Averaging.exponential(0.75));
    p.assign(Tensor.of(3.0, 5));
    average.update();
    assertArrayEquals(new double[] {3, 5}, average.average(p).toDoubleArray());
    p.assign(Tensor.of(7.0, 1));
    average.update();
    assertArrayEquals(new double[] {4, 4}, average.average(p).toDoubleArray());
  }

  @Test
  void averagesStandInAndComeIn() {
    AveragedParameters average = new AveragedParameters(List.of(p), Averaging.equal());
    average.update();
    p.assign(Tensor.of(5.0, 6));
    assertEquals(3.0, average.use(() -> p.tensor().sum().item()));
    assertEquals(11, p.tensor().sum().item());
    average.swap();
    assertArrayEquals(new double[] {1, 2}, p.tensor().toDoubleArray());
    assertArrayEquals(new double[] {5, 6}, average.average(p).toDoubleArray());
    average.swap();
    assertArrayEquals(new double[] {5, 6}, p.tensor().toDoubleArray());
  }

  /** Large enough for vectors, a tail and several threads. */
  @Test
  void swapsLongParametersToo() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor numbers = Tensor.arange(dtype, 0, 100_003, 1);
      Parameter q = Parameter.of("q", numbers);
      AveragedParameters average = new AveragedParameters(List.of(q), Averaging.equal());
      average.update();
      q.assign(numbers.neg());
      for (int i = 0; i < 21; i++) {
        average.swap();
      }
      assertArrayEquals(numbers.toDoubleArray(), q.tensor().toDoubleArray());
      assertArrayEquals(numbers.neg().toDoubleArray(), average.average(q).toDoubleArray());
    }
  }

  @Test
  void goesOnFromItsState() {
    AveragedParameters average = new AveragedParameters(List.of(p), Averaging.equal());
    average.update();
    p.assign(Tensor.of(5.0, 6));
    AveragedParameters resumed = new AveragedParameters(List.of(p), Averaging.equal());
    resumed.loadStateDict(average.stateDict());
    average.update();
    resumed.update();
    assertArrayEquals(average.average(p).toDoubleArray(), resumed.average(p).toDoubleArray());
    assertEquals(2, resumed.count());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    AveragedParameters average = new AveragedParameters(List.of(p), Averaging.equal());
    Parameter other = Parameter.of("p", Tensor.of(1.0));
    assertThrows(IllegalArgumentException.class, () -> average.average(other));
    AveragedParameters another = new AveragedParameters(List.of(other), Averaging.equal());
    assertThrows(IllegalArgumentException.class, () -> average.loadStateDict(another.stateDict()));
    assertThrows(IllegalArgumentException.class, () -> Averaging.exponential(1.5));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AveragedParameters(List.of(p, p), Averaging.equal()));
  }
}
