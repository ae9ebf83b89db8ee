/**
 * Tensors, derivatives of every order, and the formulas and operations that they are made of. Needs
 * nothing but the JDK.
 */
@SuppressWarnings("module") // layers are compiled after what they are made of
module dev.lanegrad.autodiff {
  requires jdk.incubator.vector;
  requires jdk.jfr;
  requires static org.jspecify;

  exports dev.lanegrad.autodiff;
  exports dev.lanegrad.autodiff.check;
  exports dev.lanegrad.autodiff.formula;
  exports dev.lanegrad.autodiff.op;

  // Layers are made of operations that users have no reason to construct.
  exports dev.lanegrad.autodiff.internal.op to
      dev.lanegrad.layers;
}
