/** Layers, initialisers and losses. */
@NullMarked
package dev.lanegrad.layers;

import org.jspecify.annotations.NullMarked;
