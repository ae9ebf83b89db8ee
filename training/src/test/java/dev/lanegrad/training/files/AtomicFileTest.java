package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.training.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aFileTakesThePlaceOfTheOneBefore() throws IOException {
    Path path = folder.resolve("a");
    AtomicFile.write(path, text("old"));
    AtomicFile.write(path, text("new"));
    assertEquals("new", Files.readString(path));
    assertEquals(List.of(path), files());
  }

  @Test
  void theOldFileStaysUntilAllIsWrittenAndIfThatFails() throws IOException {
    Path path = folder.resolve("a");
    AtomicFile.write(path, text("old"));
    String message =
        assertThrows(
                DataException.class,
                () ->
                    AtomicFile.write(
                        path,
                        out -> {
                          out.write(new byte[1 << 20]);
                          assertEquals("old", Files.readString(path));
                          throw new IOException("no space left on device");
                        }))
            .getMessage();
    assertEquals(path + ": cannot be written: no space left on device", message);
    assertEquals("old", Files.readString(path));
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                path,
                out -> {
                  throw new IllegalStateException();
                }));
    assertEquals("old", Files.readString(path));
    assertEquals(List.of(path), files(), "nothing is left behind");
  }

  @Test
  void whoReadsTheOldFileKeepsReadingIt() throws IOException {
    Path path = folder.resolve("a");
    AtomicFile.write(path, text("old"));
    try (var reader = Files.newBufferedReader(path)) {
      AtomicFile.write(path, text("new"));
      assertEquals("old", reader.readLine());
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path target = folder.resolve("target");
    Path link = folder.resolve("link");
    AtomicFile.write(target, text("old"));
    Files.createSymbolicLink(link, target);
    AtomicFile.write(link, text("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void anInterruptedThreadWritesAndStaysInterrupted() throws IOException {
    Path path = folder.resolve("a");
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(path, text("last"));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("last", Files.readString(path));
  }

  @Test
  void aCheckChangesNothing() throws IOException {
    Path path = folder.resolve("a");
    AtomicFile.check(path);
    assertEquals(List.of(), files());
    AtomicFile.write(path, "text".getBytes(StandardCharsets.UTF_8));
    AtomicFile.check(path);
    assertEquals("text", Files.readString(path));
    assertEquals(List.of(path), files());
  }

  /** What both a check and a write say. */
  private static String refusal(Path path) {
    String message = assertThrows(DataException.class, () -> AtomicFile.check(path)).getMessage();
    assertEquals(
        message,
        assertThrows(DataException.class, () -> AtomicFile.write(path, text(""))).getMessage());
    String start = path + ": cannot be written: ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  @Test
  void whatIsMissingOrInTheWayIsNamed() throws IOException {
    Path missing = folder.resolve("none");
    assertEquals("there is no folder " + missing, refusal(missing.resolve("a")));
    assertFalse(Files.exists(missing));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals("there is no folder " + file, refusal(file.resolve("a")));
    Path inTheWay = Files.createDirectory(folder.resolve("b"));
    assertEquals("it is a folder", refusal(inTheWay));
    assertTrue(Files.isDirectory(inTheWay));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    assertEquals("it is a link to nothing, nowhere", refusal(link));
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void aProtectedFileStays() throws IOException {
    Path path = Files.writeString(folder.resolve("a"), "kept");
    assumeTrue(path.toFile().setReadOnly() && !Files.isWritable(path), "this user may everything");
    assertEquals("it is protected against that", refusal(path));
    assertEquals("kept", Files.readString(path));
  }

  @Test
  void devicesAreWrittenTo() {
    Path nothing = Path.of("/dev/null");
    assumeTrue(Files.exists(nothing), "there are no devices");
    AtomicFile.check(nothing);
    AtomicFile.write(nothing, text("gone"));
    assertTrue(Files.exists(nothing) && !Files.isRegularFile(nothing));
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no device is full");
    AtomicFile.check(full);
    String message =
        assertThrows(DataException.class, () -> AtomicFile.write(full, text("a"))).getMessage();
    assertTrue(message.startsWith("/dev/full: cannot be written: "), message);
  }
}
