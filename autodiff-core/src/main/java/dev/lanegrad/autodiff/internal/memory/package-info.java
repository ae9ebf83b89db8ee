/**
 * What a tensor is in memory: arrays ({@code Storage}), how elements lie in them ({@code Layout}),
 * the walk over strides ({@code Runs}, {@code StridedCopy}) and scopes whose arrays are used again
 * ({@code Arena}, {@code Pool}). In: dtypes, shapes, sizes. Out: arrays and places in them. Called
 * by tensors, operations, graph and kernels.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.memory;
