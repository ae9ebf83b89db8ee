/** L1: neurons and linear models. */
@NullMarked
package dev.lanegrad.examples.lectures.neurons;

import org.jspecify.annotations.NullMarked;
