package dev.lanegrad.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A main class of the tests that computes all rows of a module's tables and prints their bits, and
 * the file that they are compared with.
 *
 * @param main calls {@link #print}
 * @param needed a class of each folder or jar that it needs besides
 */
public record BitsProgram(Class<?> main, List<Class<?>> needed) {
  /** Options of JVMs with every kind of kernel, at every width. */
  public static final List<String> EVERY_KERNEL =
      List.of(
          "-Dlanegrad.kernels=scalar",
          "-Dlanegrad.warmup=none",
          "-Dlanegrad.vector.bits=128 -Dlanegrad.vector.emulate=true -Dlanegrad.warmup=none",
          "-Dlanegrad.vector.bits=256 -Dlanegrad.vector.emulate=true -Dlanegrad.warmup=none",
          "-Dlanegrad.vector.bits=512 -Dlanegrad.vector.emulate=true -Dlanegrad.warmup=none");

  private static final Path FILE = Path.of("src", "test", "resources", "bits.txt");
  private static final Path CHANGELOG = Path.of("..", "CHANGELOG.md");

  /** Why the file is to be written anew; unset in an ordinary run. */
  private static final String REASON_PROPERTY = "lanegrad.bits.reason";

  private static final String END = "all bits are printed";
  private static final String SLUG = "[a-z0-9]+(-[a-z0-9]+)*";

  /** A program that needs the classes next to each of some others. */
  public static BitsProgram of(Class<?> main, Class<?>... needed) {
    return new BitsProgram(main, List.of(needed));
  }

  /**
   * Prints the bits of one row.
   *
   * @param outputs the hash of all of them
   * @param gradients the hash of all of them, null where there are none
   */
  public static void print(String row, Object dtype, Object outputs, @Nullable Object gradients) {
    String type = dtype.toString();
    String hash = gradients == null ? BitsEntry.NONE : gradients.toString();
    BitsEntry.of(row, type, outputs.toString(), hash).print();
  }

  /** Says that nothing was left out; the last thing a program prints. */
  public static void end() {
    System.out.println(END);
  }

  /**
   * Writes the file anew if {@code -Dlanegrad.bits.reason} says why: entries that differ get that
   * reason.
   */
  public void rewriteIfAsked() throws IOException, InterruptedException, URISyntaxException {
    String reason = System.getProperty(REASON_PROPERTY);
    if (reason == null) {
      return;
    }
    if (!reason.matches(SLUG)) {
      throw new IllegalArgumentException(
          "-D%s=%s: a reason is made of small letters, digits and -"
              .formatted(REASON_PROPERTY, reason));
    }
    BitsFile old = BitsFile.read(FILE);
    BitsFile now = run("-Dlanegrad.warmup=none");
    List<String> differences = old.differencesFrom(now);
    BitsFile changed = old.changedTo(now, reason);
    changed.write(FILE);
    System.out.printf(
        "%s, %d entries, rewritten for the reason %s:%n  %s%n",
        FILE.toAbsolutePath(),
        changed.entries().size(),
        reason,
        differences.isEmpty() ? "nothing has changed" : String.join("\n  ", differences));
  }

  /**
   * Fails, naming each entry that differs, unless a JVM with some options gives the bits of the
   * file.
   */
  public void assertBits(String... jvmOptions)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> differences = BitsFile.read(FILE).differencesFrom(run(jvmOptions));
    if (!differences.isEmpty()) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              """
              %d entries of %s differ in a JVM with %s:
                %s
              If that is what you want, say why in a line of CHANGELOG.md that holds [bits: REASON],
              REASON being a few words joined by -, and write the file anew: .ci/bits REASON\
              """,
              differences.size(),
              FILE,
              Arrays.toString(jvmOptions),
              String.join("\n  ", differences)));
    }
  }

  /** Fails unless the CHANGELOG says why for every reason that the file names. */
  public void assertReasonsAreInTheChangelog() throws IOException {
    Set<String> reasons = BitsFile.read(FILE).reasons();
    String changelog = Files.readString(CHANGELOG);
    reasons.removeIf(reason -> changelog.contains(mark(reason)));
    if (!reasons.isEmpty()) {
      throw new AssertionError(
          "entries of %s were changed for reasons that CHANGELOG.md does not give: no line holds %s"
              .formatted(FILE, reasons.stream().map(BitsProgram::mark).collect(joining(", "))));
    }
  }

  /** What the line that gives a reason holds. */
  private static String mark(String reason) {
    return "[bits: " + reason + "]";
  }

  private BitsFile run(String... jvmOptions)
      throws IOException, InterruptedException, URISyntaxException {
    List<Class<?>> classes = new ArrayList<>(needed);
    classes.add(BitsProgram.class);
    String output = new OtherJvm(List.of(jvmOptions), classes).run(main);
    if (!output.stripTrailing().endsWith(END)) {
      throw new AssertionError(main.getName() + " did not come to its end:\n" + output);
    }
    return BitsFile.printed(output);
  }
}
