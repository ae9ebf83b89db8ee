/**
 * The operations there are, one file each: types, way forward, way back. In: what {@code
 * dev.lanegrad.autodiff.op} says of any operation. Out: tensors, through the gate. Called by the
 * methods of tensors, and by layers, which alone among the other modules may; users call the
 * methods.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.op;
