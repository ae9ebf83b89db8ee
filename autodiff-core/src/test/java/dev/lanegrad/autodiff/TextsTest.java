package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.op.Variance;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.testing.Addresses;
import dev.lanegrad.testing.ExportedClasses;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Objects that users see say what they are, by virtue of existing. */
class TextsTest {
  @Test
  void nothingPrintsAsAnAddress() throws Exception {
    assertEquals(List.of(), Addresses.printedBy(ExportedClasses.all(Tensor.class)));
  }

  private static Gradients gradients(Stream<Tensor> leaves) {
    return leaves.map(Tensor::sum).reduce(Tensor::add).orElseThrow().backward();
  }

  @Test
  void gradientsNameTheirLeaves() {
    Parameter weight = Parameter.of("weight", Tensor.zeros(DType.FLOAT64, 3, 2));
    Parameter bias = Parameter.of("bias", Tensor.zeros(DType.FLOAT64, 3));
    Tensor input = Tensor.of(1.0, 2).requiresGrad();
    Gradients all = gradients(Stream.of(input, bias.tensor(), weight.tensor()));
    assertEquals("Gradients[weight float64[3, 2], bias float64[3], float64[2]]", all.toString());
    assertEquals(3, all.size());
    assertEquals(List.of(new TensorType(DType.FLOAT64, Shape.of(2))), all.others());
    assertEquals(List.of(), gradients(Stream.of(bias.tensor())).others());
    assertEquals(
        "Gradients[" + "float64[], ".repeat(8) + "... 20 in all]",
        gradients(
                IntStream.range(0, 20)
                    .mapToObj(i -> Tensor.scalar(DType.FLOAT64, i).requiresGrad()))
            .toString());
  }

  @Test
  void leavesAreFoundBeforeTheReversePass() {
    Parameter weight = Parameter.of("weight", Tensor.of(1.0, 2));
    Tensor input = Tensor.of(1.0, 2).requiresGrad();
    Tensor shared = weight.tensor().mul(input).mul(weight.tensor());
    assertEquals(2, Autodiff.leaves(shared).size());
    assertEquals(List.of(weight.tensor(), input), Autodiff.leaves(shared));
    assertEquals(List.of(input), Autodiff.leaves(input));
    assertEquals(List.of(), Autodiff.leaves(shared.detach()));
  }

  @Test
  void othersSayWhatTheyAreMadeOf() {
    Parameter weight = Parameter.of("weight", Tensor.of(1.0, 2));
    String scopes =
        Parameter.substitute(
            java.util.Map.of(weight, Tensor.of(3.0, 4)), () -> Scopes.current().toString());
    assertEquals("Scopes[records=true, watches=false, substitutes [weight float64[2]]]", scopes);
    assertEquals(
        "GradientCheck[function, order=2, tolerance=1.0E-6]",
        GradientCheck.ofMany(List::getFirst).order(2).toString());
    assertEquals(
        "variance along [0, 2], correction 1", new Variance(new int[] {0, 2}, 1).toString());
    Formula square = Formula.input(0).square();
    assertEquals(
        "SUM(%s) along [1]".formatted(square),
        new Fold(Reduction.SUM, square, new int[] {1}, false).toString());
    Program program = new Program(DType.FLOAT32);
    program.input(0).mul(program.input(1));
    assertEquals("v0 = INPUT 0\nv1 = INPUT 1\nv2 = MUL v0 v1", program.toString());
  }
}
