/** What the tests of several modules share: the files of bits. */
@NullMarked
package dev.lanegrad.testing;

import org.jspecify.annotations.NullMarked;
