package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;

/** The samples of the page about formulas and operations. */
final class FormulaSample {
  static final List<Runnable> PRINTING =
      List.of(
          FormulaSample::elementwise,
          FormulaSample::several,
          FormulaSample::symbols,
          FormulaSample::table,
          FormulaSample::diagonal,
          FormulaSample::update);

  private FormulaSample() {}

  static void elementwise() {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    Tensor x = Tensor.of(-1.0, 0.0, 2.0);
    System.out.println(swish.applyTo(x));
    System.out.println(Autodiff.grad(v -> swish.applyTo(v).sum()).apply(x));
  }

  static void several() {
    Elementwise blend = Elementwise.of((a, b) -> a.greater(0).where(a.mul(b), b.neg()));
    Tensor column = Tensor.of(new double[][] {{-1}, {2}});
    Tensor row = Tensor.of(1.0, 10.0, 100.0);
    System.out.println(blend.applyTo(column, row));
  }

  static void symbols() {
    Formula x = Formula.input(0);
    Formula bell = x.square().neg().exp();
    System.out.println(bell);
    System.out.println(bell.derivative(0));
    System.out.println(bell.derivative(0).derivative(0));
  }

  static void table() {
    System.out.println(ScalarFunction.values().length + " functions");
    System.out.println(ScalarFunction.TANH);
  }

  static void update() {
    Parameter weight = Parameter.of("weight", Tensor.of(1.0, 2.0));
    Tensor gradient = Tensor.of(10.0, -10.0);
    Formula descend = Formula.input(0).sub(Formula.input(1).mul(Formula.input(2)));
    Update step = new Update(Elementwise.of(descend), List.of(weight));
    step.apply(gradient, Tensor.scalar(DType.FLOAT64, 0.1));
    System.out.println(weight.tensor());
  }

  static void diagonal() {
    Tensor x = Tensor.of(1.0, 2.0, 3.0);
    System.out.println(new Diagonal().applyTo(x));
  }
}
