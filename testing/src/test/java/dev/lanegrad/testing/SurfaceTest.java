package dev.lanegrad.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A type or method that comes, goes or changes is seen. */
class SurfaceTest {
  private static final String HERE = "dev.lanegrad.testing.SurfaceTest.";

  @TempDir private static Path folder;

  /** What users see of {@link Kept} although they do not see this. */
  abstract static class Hidden {
    public int inherited(int... axes) {
      return axes.length;
    }

    void inside() {}
  }

  /** A class that its list has. */
  public static class Kept extends Hidden {
    /** Not to be seen as a member of its own. */
    @Override
    public String toString() {
      return "kept";
    }

    protected static <T> @Nullable T first(List<T> parts, Supplier<T> other) throws IOException {
      return parts.isEmpty() ? other.get() : parts.getFirst();
    }

    void inside(int planted) {}
  }

  /** The same class with a planted method, and one whose arguments have changed places. */
  public static class Planted extends Kept {
    public void planted() {}

    protected static <T> @Nullable T first(Supplier<T> other, List<T> parts) throws IOException {
      return Kept.first(parts, other);
    }
  }

  /** An exported record. */
  public record Pair(String left, int[] right) {}

  private static Surface of(Class<?>... types) {
    return Surface.of(List.of(types));
  }

  /** The lines of one class as if they were those of another. */
  private static Surface renamed(Surface surface, String name, String other) {
    return new Surface(
        new java.util.TreeSet<>(
            surface.lines().stream()
                .map(line -> line.replace(HERE + name, HERE + other))
                .toList()));
  }

  @Test
  void everyOpenMemberHasALineWithItsTypes() {
    assertEquals(
        List.of(
            HERE + "Kept class, SurfaceTest.Hidden",
            HERE + "Kept()",
            HERE
                + "Kept.first<T>(List<T> parts, Supplier<T> other): @Nullable T, protected, static"
                + " throws IOException",
            HERE + "Kept.inherited(int... axes): int",
            HERE + "Pair record",
            HERE + "Pair(String left, int[] right)",
            HERE + "Pair.left(): String",
            HERE + "Pair.right(): int[]"),
        List.copyOf(of(Kept.class, Pair.class).lines()));
  }

  @Test
  void aPlantedMethodAndExchangedArgumentsAreNamed() {
    Surface listed = of(Kept.class);
    Surface now = renamed(of(Kept.class, Planted.class), "Planted", "Kept");
    AssertionError error =
        assertThrows(AssertionError.class, () -> Surface.assertSame(listed, now));
    String message = error.getMessage();
    assertTrue(message.contains("+ " + HERE + "Kept.planted(): void"), message);
    assertTrue(
        message.contains("+ " + HERE + "Kept.first<T>(Supplier<T> other, List<T> parts)"), message);
    assertTrue(message.contains(".ci/surface"), message);
  }

  @Test
  void aTypeThatIsNoLongerExportedIsNamed() {
    Surface listed = of(Kept.class, Pair.class);
    assertEquals(
        List.of(
            "- " + HERE + "Pair record",
            "- " + HERE + "Pair(String left, int[] right)",
            "- " + HERE + "Pair.left(): String",
            "- " + HERE + "Pair.right(): int[]"),
        of(Kept.class).differencesFrom(listed));
  }

  @Test
  void aWrittenListIsReadAgain() throws IOException {
    Path file = folder.resolve("there").resolve("surface.txt");
    Surface surface = of(Kept.class, Pair.class);
    surface.write(file);
    assertDoesNotThrow(() -> Surface.assertSame(Surface.read(file), surface));
    assertEquals(0, Surface.read(folder.resolve("none")).lines().size());
  }
}
