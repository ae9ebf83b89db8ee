/**
 * What every room may use and no user sees: arguments that are refused if they are null ({@code
 * Present}), the name under which an error speaks of a call ({@code UserCall}), a cache of bounded
 * size, the mark of loops that the build writes for other types ({@code Twins}), and calls whose
 * code the JIT leaves where it is ({@code Apart}). In: Java objects. Out: the same, or an error
 * that names them. Called by every room; knows no other.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal;
