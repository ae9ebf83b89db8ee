/**
 * Every system property that the library reads ({@code lanegrad.threads}, {@code lanegrad.kernels}
 * and so on), with what each may be. In: the properties as the JVM starts. Out: constants. Called
 * by graph and kernels. To add a property, add a constant here.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.settings;
