package dev.lanegrad.training.log;

import dev.lanegrad.training.DataException;
import dev.lanegrad.training.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of a log, which grows report by report; what cannot be done with it is a {@link
 * DataException} that names it.
 */
record LogFile(Path path) {
  /** Reads what is in it and shall be kept. */
  @FunctionalInterface
  interface Reading {
    void read() throws IOException;
  }

  /** Makes its folder, and reads what an earlier training wrote, if there is anything. */
  void begin(boolean goesOn, Reading reading) {
    try {
      if (path.toAbsolutePath().getParent() != null) {
        Files.createDirectories(path.toAbsolutePath().getParent());
      }
      if (goesOn && Files.exists(path)) {
        reading.read();
      }
    } catch (IOException e) {
      throw new DataException("%s: cannot be used as a log: %s".formatted(path, e), e);
    }
  }

  /** Writes all of it anew. */
  void replace(String text) {
    AtomicFile.write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  void append(String line) {
    try {
      Files.writeString(path, line, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(path, e), e);
    }
  }
}
