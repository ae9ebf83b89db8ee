/** L4: what networks can represent. */
@NullMarked
package dev.lanegrad.examples.lectures.representation;

import org.jspecify.annotations.NullMarked;
