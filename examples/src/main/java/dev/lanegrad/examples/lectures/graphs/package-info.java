/** L3: computational graphs and backpropagation. */
@NullMarked
package dev.lanegrad.examples.lectures.graphs;

import org.jspecify.annotations.NullMarked;
