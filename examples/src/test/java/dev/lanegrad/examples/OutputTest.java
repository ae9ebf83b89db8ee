package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
  /** As a pipe whose reader goes after some lines, or a disk that is full from the start. */
  private static final class Closing extends OutputStream {
    private final AtomicInteger lines;

    Closing(int lines) {
      this.lines = new AtomicInteger(lines);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (lines.decrementAndGet() < 0) {
        throw new IOException("Broken pipe");
      }
    }
  }

  /** A training of so many steps would take hours. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aTrainingEndsWithItsReader(int lines) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            Output.to(new Closing(lines)),
            new PrintWriter(err, true),
            "mnist1d",
            "--steps",
            "1000000000");
    assertEquals(1, code);
    assertEquals("run: the output cannot be written: Broken pipe", err.toString().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "mnist1d --help"})
  void aTextThatCannotBeShownIsAFailure(String arguments) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(Output.to(new Closing(0)), new PrintWriter(err, true), arguments.split(" "));
    assertEquals(1, code);
    assertEquals("run: the output cannot be written: Broken pipe", err.toString().strip());
  }
}
