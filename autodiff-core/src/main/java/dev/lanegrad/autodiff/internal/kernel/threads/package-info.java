/**
 * The threads that share a large loop: into how many parts it is cut, who does which, when helpers
 * spin, sleep and wake. In: how much there is to do, and a body for a range of it. Out: all of it
 * done. Called by the rooms that loop; no operation and no other room starts threads.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.threads;
