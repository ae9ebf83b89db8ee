/**
 * How a call becomes a node, and nodes gradients: the gate that every operation passes ({@code
 * Dispatch}), what is recorded ({@code Node}), the way back ({@code ReversePass}), the search for
 * the first NaN ({@code Anomaly}). In: an operation and tensors. Out: tensors that know what made
 * them, and gradients. Called by {@code Op.apply} and by the public methods that differentiate.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.graph;
