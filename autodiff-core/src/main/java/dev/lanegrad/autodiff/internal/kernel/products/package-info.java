/**
 * Matrix products of every size: tiles and blocks ({@code MatMul...}), a single row ({@code
 * Row...}), a single column ({@code Column...}); {@code ProductTable} says from which size on what
 * is taken, and how large tiles and blocks are. In: two operands, rows, inner length, columns. Out:
 * C = A B. Called by the operations that multiply matrices.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.products;
