package dev.lanegrad.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/**
 * The output of a program, which ends when nobody can read it: a {@link PrintWriter} by itself goes
 * on after an error, to the end of a training, into a pipe that is closed or onto a disk that is
 * full.
 */
final class Output {
  private Output() {}

  /** What is printed goes to {@code System.out}'s place; throws {@link UncheckedIOException}. */
  static PrintWriter standard() {
    return to(new FileOutputStream(FileDescriptor.out));
  }

  static PrintWriter to(OutputStream out) {
    return new PrintWriter(new Unforgiving(out), true, System.out.charset());
  }

  /** Throws what a {@link PrintWriter} does not catch. */
  private static final class Unforgiving extends FilterOutputStream {
    Unforgiving(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException("the output cannot be written: " + e.getMessage(), e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the output cannot be written: " + e.getMessage(), e);
      }
    }
  }
}
