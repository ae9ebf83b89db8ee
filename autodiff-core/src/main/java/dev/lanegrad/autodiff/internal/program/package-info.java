/**
 * What kernels are written from: the exact operations that formulas come down to, and formulas
 * without their constants, which share a kernel. In: formulas and a dtype. Out: a program of
 * operations whose bits IEEE 754 defines. Called by the table of functions, which writes recipes in
 * programs, and by the rooms of loops and of compilation.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.program;
