/** Elementwise functions as data: the table, formulas made from it, and their programs. */
@NullMarked
package dev.lanegrad.autodiff.formula;

import org.jspecify.annotations.NullMarked;
