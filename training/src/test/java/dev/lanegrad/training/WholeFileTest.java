package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String refusal(Path file) {
    String message = assertThrows(DataException.class, () -> WholeFile.check(file)).getMessage();
    assertEquals(
        message, assertThrows(DataException.class, () -> WholeFile.write(file, TEXT)).getMessage());
    return message;
  }

  @Test
  void aFileIsMadeOrReplaced() throws IOException {
    Path file = folder.resolve("a file");
    WholeFile.check(file);
    assertEquals(List.of(), names());
    WholeFile.write(file, new byte[100]);
    WholeFile.check(file);
    WholeFile.write(file, TEXT);
    assertEquals("text", Files.readString(file));
    assertEquals(List.of("a file"), names());
  }

  @Test
  void aLinkStays() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    WholeFile.write(link, TEXT);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("text", Files.readString(file));
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    assertEquals(folder + ": is a folder; the name of a file is needed", refusal(folder));
    Path astray = folder.resolve("missing").resolve("file");
    assertEquals(astray + ": there is no folder " + folder.resolve("missing"), refusal(astray));
    Path plain = Files.write(folder.resolve("plain"), TEXT);
    Path below = plain.resolve("file");
    assertEquals(below + ": there is no folder " + plain, refusal(below));
    assertEquals(List.of("plain"), names());
  }

  @Test
  void devicesAreWrittenTo() throws IOException {
    Path nothing = Path.of("/dev/null");
    assumeTrue(Files.exists(nothing), "there are no devices");
    WholeFile.check(nothing);
    WholeFile.write(nothing, TEXT);
    assertTrue(Files.exists(nothing) && !Files.isRegularFile(nothing));
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no device is full");
    String message =
        assertThrows(DataException.class, () -> WholeFile.write(full, TEXT)).getMessage();
    assertTrue(message.startsWith("/dev/full: cannot be written: "), message);
  }
}
