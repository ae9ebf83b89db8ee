/** What the tests of several modules share: the files of bits. No module depends on it otherwise. */
@NullMarked
package dev.lanegrad.testing;

import org.jspecify.annotations.NullMarked;
