/**
 * What every room may use and no user sees: arguments that are refused if they are null ({@code
 * Present}), the name under which an error speaks of a call ({@code UserCall}), and a cache of
 * bounded size. In: Java objects. Out: the same, or an error that names them. Called by every room;
 * knows nothing else of the library.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal;
