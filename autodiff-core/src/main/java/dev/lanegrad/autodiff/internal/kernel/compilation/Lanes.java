package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.Locale;

/**
 * How wide vectors are, and whether there are any, which follows from settings, the module and what
 * {@link Hardware} has found the processor to do: the scalar kernels, which give the same bits, do
 * all the work without the incubator module in the module graph, and where the JVM would not
 * compile vectors to instructions.
 */
public final class Lanes {
  private static final String MODULE = "jdk.incubator.vector";

  private static final int CHOSEN = choose();

  /** Whether kernels use the Vector API. */
  public static final boolean VECTOR = CHOSEN > 0;

  /** Vector width in bits; that of one float where vectors are not used. */
  public static final int BITS = VECTOR ? CHOSEN : Float.SIZE;

  private Lanes() {}

  /** Elements in a vector, 1 where vectors are not used. */
  public static int count(DType dtype) {
    return VECTOR ? BITS / (8 * dtype.bytes()) : 1;
  }

  /**
   * Whether there are vectors in which lanes can be rearranged or left out: C2 of JDK 25 compiles
   * neither well for two lanes.
   */
  public static boolean canRearrange(DType dtype) {
    return count(dtype) > 2;
  }

  /**
   * The widest vectors on which kernels run as instructions, in bits, whatever the settings ask
   * for; 0 where there are none.
   */
  static int widest() {
    return modulePresent() && Hardware.fusesMultiplyAdd() ? Hardware.vectorBits() : 0;
  }

  private static int choose() {
    boolean fit = Hardware.fusesMultiplyAdd();
    if (Settings.EMULATED_VECTORS && !Settings.SCALAR_KERNELS && modulePresent()) {
      return Settings.VECTOR_BITS;
    }
    if (!fit) {
      warn(
          "this processor is not fit for this library: it has no fused multiply-add, or java was "
              + "told not to use it, and what stands in for it takes some hundred times as long; "
              + "running on the scalar kernels, which give the same results");
    } else if (!Settings.SCALAR_KERNELS && !modulePresent()) {
      warn(
          "the module %1$s is not available: running on the scalar kernels, which give the same "
              + "results more slowly; start java with --add-modules %1$s to use vectors",
          MODULE);
    } else if (!Settings.SCALAR_KERNELS) {
      return withinHardware(Settings.VECTOR_BITS, Hardware.vectorBits());
    }
    return 0;
  }

  private static int withinHardware(int wanted, int widest) {
    if (widest == 0) {
      warn(
          "this JVM has no vectors of 128 bits or more: running on the scalar kernels, which give "
              + "the same results more slowly");
    } else if (wanted > widest) {
      warn(
          "lanegrad.vector.bits=%1$d, but this JVM has vectors of %2$d bits at most: running at "
              + "%2$d bits, which gives the same results",
          wanted, widest);
    }
    return wanted == 0 ? widest : Math.min(wanted, widest);
  }

  private static boolean modulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static void warn(String message, Object... values) {
    System.getLogger("dev.lanegrad")
        .log(System.Logger.Level.WARNING, String.format(Locale.ROOT, message, values));
  }
}
