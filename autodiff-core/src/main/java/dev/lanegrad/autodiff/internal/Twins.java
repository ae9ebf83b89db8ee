package dev.lanegrad.autodiff.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of loops over floats, whose name begins with Float, as the one source of the same
 * loops over other elements: for doubles the build writes FloatRows as DoubleRows to
 * target/generated-sources/twins. docs/contributing.md says how such a class is written.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Twins {
  /** The other types of elements: double, int or boolean. */
  Class<?>[] value();
}
