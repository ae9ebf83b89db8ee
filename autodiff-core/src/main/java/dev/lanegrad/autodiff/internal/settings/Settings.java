package dev.lanegrad.autodiff.internal.settings;

import dev.lanegrad.autodiff.PropertyException;

/**
 * Every system property Lanegrad reads, in one place. They are read once; the library never sets
 * any.
 */
public final class Settings {
  private static final PropertyReader READER = new PropertyReader(System.getProperties());

  /** {@code lanegrad.kernels}: {@code vector} (default) or {@code scalar}. */
  public static final boolean SCALAR_KERNELS =
      READER.choice("lanegrad.kernels", "vector", "scalar").equals("scalar");

  /**
   * {@code lanegrad.vector.bits}: 128, 256 or 512, of which wider vectors than the machine has are
   * not used; 0 stands for the machine's width.
   */
  public static final int VECTOR_BITS =
      Integer.parseInt(READER.choice("lanegrad.vector.bits", "0", "128", "256", "512"));

  /**
   * {@code lanegrad.vector.emulate}: {@code true} runs at the {@code lanegrad.vector.bits} asked
   * for, though the JVM may have no such vectors and compute each operation lane by lane, some
   * hundred times slower. For tests of the bits.
   */
  public static final boolean EMULATED_VECTORS =
      READER.flag("lanegrad.vector.emulate") && VECTOR_BITS > 0;

  /** {@code lanegrad.threads}: how many threads share one large loop; by default all processors. */
  public static final int THREADS =
      READER.count("lanegrad.threads", Runtime.getRuntime().availableProcessors());

  /**
   * {@code lanegrad.warmup}: {@code background} (default) compiles vector kernels on a helper
   * thread while scalar loops, which give the same bits, do the work; {@code none} runs vector
   * kernels from the first call on.
   */
  public static final boolean BACKGROUND_WARMUP =
      READER.choice("lanegrad.warmup", "background", "none").equals("background");

  /**
   * {@code lanegrad.warmup.patience}: for how many seconds the JIT may keep a vector kernel waiting
   * before that is reported; 60 by default.
   */
  public static final int WARMUP_PATIENCE = READER.count("lanegrad.warmup.patience", 60);

  /** {@code lanegrad.trace}: remember the line of user code that made each node of a graph. */
  public static final boolean TRACE = READER.flag("lanegrad.trace");

  /**
   * {@code lanegrad.tiles}: a row of the table of products in the place of the machine's, as
   * numbers between commas; empty for the machine's. For {@code ./run bench --tiles}, which
   * measures such rows; they change the speed and no bit.
   */
  public static final String TILES = READER.numbers("lanegrad.tiles", 16);

  /** {@code lanegrad.dump}: a folder for the generated kernel classes, empty for none. */
  public static final String DUMP = READER.folder("lanegrad.dump");

  /** Whether this is a 64-bit ARM processor. */
  public static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  /** How this JVM runs code, such as "mixed mode, sharing" or "interpreted mode". */
  public static final String VM_MODE = System.getProperty("java.vm.info", "");

  private static final String PROBLEM = READER.problem();
  private static final boolean SOUND = PROBLEM.isEmpty();

  static {
    String remark = READER.remark();
    if (!remark.isEmpty()) {
      System.getLogger("dev.lanegrad").log(System.Logger.Level.WARNING, remark);
    }
  }

  private Settings() {}

  /**
   * Refuses to work with values that do not fit.
   *
   * @throws PropertyException saying which, and what they may be
   */
  public static void check() {
    if (!SOUND) {
      throw new PropertyException(PROBLEM);
    }
  }
}
