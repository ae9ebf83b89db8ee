/** The systems of the lectures, each a program of its own. */
@NullMarked
package dev.lanegrad.examples.lectures;

import org.jspecify.annotations.NullMarked;
