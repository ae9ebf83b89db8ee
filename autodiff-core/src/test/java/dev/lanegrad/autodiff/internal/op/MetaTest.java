package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.NoNumbersException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Update;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation on types alone says what it says of numbers. */
class MetaTest {
  private static final int SAMPLES = 5;

  @TestFactory
  Stream<DynamicTest> typesAreThoseOfTheRealRun() {
    return OpCases.ALL.stream()
        .map(
            row ->
                dynamicTest(row.toString(), () -> samples(row).forEach(MetaTest::assertSameTypes)));
  }

  private static List<Sample> samples(OpRow row) {
    List<Sample> samples = new ArrayList<>();
    for (int number = 0; number < SAMPLES; number++) {
      for (Function<Draw, Sample> sampler : row.samplers()) {
        samples.add(sampler.apply(new Draw(number)));
      }
    }
    return samples;
  }

  private static void assertSameTypes(Sample sample) {
    List<Tensor> real = sample.op().apply(sample.inputs());
    List<Tensor> meta = sample.op().apply(metas(sample.inputs()));
    assertEquals(types(real), types(meta), sample::toString);
    assertTrue(meta.stream().allMatch(Tensor::isMeta), sample::toString);
  }

  private static List<Tensor> metas(List<Tensor> tensors) {
    return tensors.stream().map(t -> Tensor.meta(t.dtype(), t.shape().toArray())).toList();
  }

  private static List<TensorType> types(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::type).toList();
  }

  @TestFactory
  Stream<DynamicTest> gradientsHaveTheTypesOfTheRealRun() {
    return OpCases.ALL.stream()
        .map(
            row ->
                dynamicTest(
                    row.toString(),
                    () ->
                        samples(row).stream()
                            .filter(sample -> sample.smooth() != Smooth.NOT)
                            .forEach(MetaTest::assertSameGradients)));
  }

  private static void assertSameGradients(Sample sample) {
    List<TensorType> expected = types(gradients(sample.op(), sample.inputs()));
    List<Tensor> meta = gradients(sample.op(), metas(sample.inputs()));
    assertEquals(expected, types(meta), sample::toString);
  }

  /** Of the inputs that the sum of the first output depends on. */
  private static List<Tensor> gradients(Op op, List<Tensor> inputs) {
    List<Tensor> leaves =
        inputs.stream().map(t -> t.dtype().isFloating() ? t.requiresGrad() : t).toList();
    Gradients gradients = op.apply(leaves).getFirst().sum().backward();
    return leaves.stream().filter(gradients::contains).map(gradients::of).toList();
  }

  @TestFactory
  Stream<DynamicTest> wrongCallsAreRefusedAlike() {
    return OpCases.ALL.stream()
        .map(
            row ->
                dynamicTest(
                    row.toString(), () -> samples(row).forEach(MetaTest::assertRefusedAlike)));
  }

  private static void assertRefusedAlike(Sample sample) {
    for (List<Tensor> changed : changes(sample.inputs())) {
      String real = outcome(sample.op(), changed);
      String meta = outcome(sample.op(), metas(changed));
      boolean asksForNumbers = real.contains("index ") && real.contains("out of range");
      assertTrue(real.equals(meta) || asksForNumbers, () -> real + ", without numbers " + meta);
    }
  }

  private static String outcome(Op op, List<Tensor> inputs) {
    try {
      return types(op.apply(inputs)).toString();
    } catch (LanegradException | IllegalArgumentException e) {
      return e.toString();
    }
  }

  /** The inputs with one more, one less, and each in turn with another shape or dtype. */
  private static List<List<Tensor>> changes(List<Tensor> inputs) {
    List<List<Tensor>> changes = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      changes.add(with(inputs, i, input.unsqueeze(0)));
      changes.add(with(inputs, i, input.cast(other(input.dtype()))));
      if (input.rank() > 0 && input.shape().dim(0) > 0) {
        changes.add(with(inputs, i, input.slice(0, 0, input.shape().dim(0) - 1)));
        changes.add(with(inputs, i, input.select(0, 0)));
      }
    }
    List<Tensor> more = new ArrayList<>(inputs);
    more.add(inputs.getFirst());
    changes.add(more);
    return changes;
  }

  private static List<Tensor> with(List<Tensor> inputs, int index, Tensor other) {
    List<Tensor> changed = new ArrayList<>(inputs);
    changed.set(index, other);
    return changed;
  }

  private static DType other(DType dtype) {
    return dtype == DType.FLOAT64 ? DType.FLOAT32 : DType.FLOAT64;
  }

  @Test
  void numbersAreRefused() {
    Tensor x = Tensor.meta(DType.FLOAT64, 2, 3).exp();
    assertTrue(x.isMeta());
    assertThrows(NoNumbersException.class, x::toDoubleArray);
    assertThrows(NoNumbersException.class, () -> x.sum().item());
    assertEquals("Tensor(meta, float64[2, 3])", x.toString());
  }

  @Test
  void whatIsMixedWithOneHasNoNumbersEither() {
    Tensor x = Tensor.meta(DType.FLOAT64, 3);
    assertTrue(Tensor.of(1.0, 2, 3).add(x).isMeta());
    assertTrue(Tensor.of(1.0, 2, 3).sum().mul(x.sum()).isMeta());
  }

  @Test
  void parametersStayAsTheyAre() {
    Parameter p = Parameter.of("p", Tensor.of(1.0, 2));
    int version = p.version();
    Update twice = new Update(Elementwise.of(Formula.input(1).mul(2)), List.of(p));
    twice.apply(Tensor.meta(DType.FLOAT64, 2));
    assertEquals(version, p.version());
    assertEquals(2, p.tensor().toDoubleArray()[1]);
    assertThrows(
        LanegradException.class,
        () -> twice.apply(Tensor.meta(DType.FLOAT64, 3)),
        "a shape that does not fit");
  }
}
