/**
 * What the tests of several modules share: the files of bits, and what holds for every class that
 * users see.
 */
@NullMarked
package dev.lanegrad.testing;

import org.jspecify.annotations.NullMarked;
