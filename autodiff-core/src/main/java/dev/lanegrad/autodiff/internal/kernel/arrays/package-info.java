/**
 * What kernels read and write: arrays with strides ({@code Operand}), temporary arrays ({@code
 * Scratch}), rows that are filled, gathered or added up, and what is done to finished parts of a
 * result ({@code Finish}). In: float and double arrays and places in them. Out: the same arrays.
 * Called by all rooms of kernels, and by operations that hand tensors to one.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.arrays;
