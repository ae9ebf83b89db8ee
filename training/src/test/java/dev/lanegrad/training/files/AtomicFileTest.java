package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void foldersThatAreMissingOrInTheWayAreNamed() throws IOException {
    Path missing = folder.resolve("none/a");
    assertEquals(
        "%s: cannot be written: there is no folder %s".formatted(missing, folder.resolve("none")),
        assertThrows(DataException.class, () -> AtomicFile.write(missing, text(""))).getMessage());
    Path inTheWay = Files.createDirectory(folder.resolve("b"));
    assertEquals(
        inTheWay + ": cannot be written: it is a folder",
        assertThrows(DataException.class, () -> AtomicFile.write(inTheWay, text(""))).getMessage());
    assertTrue(Files.isDirectory(inTheWay));
    assertFalse(Files.exists(missing));
  }
}
