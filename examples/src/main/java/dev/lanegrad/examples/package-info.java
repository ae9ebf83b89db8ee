/** Runnable examples. */
@NullMarked
package dev.lanegrad.examples;

import org.jspecify.annotations.NullMarked;
