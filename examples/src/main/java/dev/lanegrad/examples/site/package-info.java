/** The guide and the Javadoc as one folder of static pages. */
@NullMarked
package dev.lanegrad.examples.site;

import org.jspecify.annotations.NullMarked;
