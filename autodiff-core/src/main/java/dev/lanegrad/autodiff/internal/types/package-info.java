/**
 * Types of tensors where users need not look: checks of what an operation is given, windows and the
 * stretches that they cover. In: types and numbers. Out: a type, or an exception that names the
 * operation. Called by operations and by the kernels of windows.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.types;
