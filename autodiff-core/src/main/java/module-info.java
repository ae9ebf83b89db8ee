/**
 * Tensors, derivatives of every order, and the formulas and operations that they are made of. Needs
 * nothing but the JDK.
 */
module dev.lanegrad.autodiff {
  requires jdk.incubator.vector;
  requires jdk.jfr;
  requires static org.jspecify;

  exports dev.lanegrad.autodiff;
  exports dev.lanegrad.autodiff.check;
  exports dev.lanegrad.autodiff.formula;
  exports dev.lanegrad.autodiff.op;
}
