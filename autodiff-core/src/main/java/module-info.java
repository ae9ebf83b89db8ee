/** Tensors, formulas, kernels, the graph and the reverse pass. */
module dev.lanegrad.autodiff {
  requires jdk.incubator.vector;
  requires jdk.jfr;
  requires static org.jspecify;

  exports dev.lanegrad.autodiff;
  exports dev.lanegrad.autodiff.check;
  exports dev.lanegrad.autodiff.formula;
  exports dev.lanegrad.autodiff.op;
}
