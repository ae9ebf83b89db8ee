/**
 * How a kernel becomes machine code: the instructions of scalars and of vectors, the hidden class
 * they are put into, and the wait until the JIT has made it fast. Nothing else knows the Vector
 * API, how wide vectors are and whether there are any, but for {@code copying.FloatSquares} and
 * {@code DoubleSquares}. In: what writes a kernel's body. Out: the kernel, or null while scalar
 * code stands in. Called by the rooms that have kernels.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.compilation;
