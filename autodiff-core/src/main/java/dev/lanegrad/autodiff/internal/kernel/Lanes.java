package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.Settings;

/**
 * How wide vectors are, and whether there are any: without the incubator module in the module graph
 * the scalar kernels do all the work and give the same bits.
 */
public final class Lanes {
  private static final String MODULE = "jdk.incubator.vector";

  /** Whether kernels use the Vector API. */
  public static final boolean VECTOR = !Settings.SCALAR_KERNELS && modulePresent();

  /** Vector width in bits; that of one float where vectors are not used. */
  public static final int BITS = VECTOR ? vectorBits() : Float.SIZE;

  private Lanes() {}

  /** Elements in a vector, 1 where vectors are not used. */
  public static int count(DType dtype) {
    return VECTOR ? BITS / (8 * dtype.bytes()) : 1;
  }

  /**
   * Whether there are vectors in which lanes can be rearranged or left out: C2 of JDK 25 compiles
   * neither well for two lanes.
   */
  static boolean canRearrange(DType dtype) {
    return count(dtype) > 2;
  }

  private static boolean modulePresent() {
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    if (!present) {
      System.getLogger("dev.lanegrad")
          .log(
              System.Logger.Level.WARNING,
              "the module {0} is not available: running on the scalar kernels, which give the same "
                  + "results more slowly; start java with --add-modules {0} to use vectors",
              MODULE);
    }
    return present;
  }

  private static int vectorBits() {
    return Settings.VECTOR_BITS == 0 ? PreferredSpecies.bits() : Settings.VECTOR_BITS;
  }

  /** Apart, so that nothing of the Vector API is loaded before it is known to be there. */
  private static final class PreferredSpecies {
    static int bits() {
      int bits = jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
      return Math.clamp(bits, 128, 512);
    }
  }
}
