package dev.lanegrad.autodiff.internal;

import java.util.Locale;

/**
 * Every system property Lanegrad reads, in one place. They are read once; the library never sets
 * any.
 */
public final class Settings {
  /** {@code lanegrad.kernels}: {@code vector} (default) or {@code scalar}. */
  public static final boolean SCALAR_KERNELS =
      choice("lanegrad.kernels", "vector", "scalar").equals("scalar");

  /**
   * {@code lanegrad.vector.bits}: 128, 256 or 512, of which wider vectors than the machine has are
   * not used; 0 stands for the machine's width.
   */
  public static final int VECTOR_BITS =
      Integer.parseInt(choice("lanegrad.vector.bits", "0", "128", "256", "512"));

  /**
   * {@code lanegrad.vector.emulate}: {@code true} runs at the {@code lanegrad.vector.bits} asked
   * for, though the JVM may have no such vectors and compute each operation lane by lane, some
   * hundred times slower. For tests of the bits.
   */
  public static final boolean EMULATED_VECTORS = VECTOR_BITS > 0 && flag("lanegrad.vector.emulate");

  /** {@code lanegrad.threads}: how many threads share one large loop; by default all processors. */
  public static final int THREADS = threads();

  /**
   * {@code lanegrad.warmup}: {@code background} (default) compiles vector kernels on a helper
   * thread while scalar loops, which give the same bits, do the work; {@code none} runs vector
   * kernels from the first call on.
   */
  public static final boolean BACKGROUND_WARMUP =
      choice("lanegrad.warmup", "background", "none").equals("background");

  /** {@code lanegrad.trace}: remember the line of user code that made each node of a graph. */
  public static final boolean TRACE = flag("lanegrad.trace");

  /** {@code lanegrad.dump}: a folder for the generated kernel classes, empty for none. */
  public static final String DUMP = System.getProperty("lanegrad.dump", "");

  /** Whether this is a 64-bit ARM processor. */
  public static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private Settings() {}

  private static int threads() {
    int usual = Runtime.getRuntime().availableProcessors();
    String value = System.getProperty("lanegrad.threads", Integer.toString(usual));
    if (!value.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException(
          "system property lanegrad.threads: \"%s\" is no number from 1 to 999".formatted(value));
    }
    return Integer.parseInt(value);
  }

  private static boolean flag(String property) {
    return choice(property, "false", "true").equals("true");
  }

  private static String choice(String property, String usual, String... others) {
    String value = System.getProperty(property, usual).toLowerCase(Locale.ROOT);
    if (value.equals(usual)) {
      return value;
    }
    for (String other : others) {
      if (value.equals(other)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "system property %s: \"%s\" is none of %s, %s"
            .formatted(property, value, usual, String.join(", ", others)));
  }
}
