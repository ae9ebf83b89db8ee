/**
 * Matrix products of every size: tiles and blocks ({@code MatMul...}), a single row ({@code
 * RowLoop}), a single column ({@code ColumnLoop}); {@code MatMulTiling} chooses the sizes of tiles
 * and blocks. In: two operands, rows, inner length, columns. Out: C = A B. Called by the operations
 * that multiply matrices.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.products;
