package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.PinnedArrays;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A file of unsigned bytes in the format of MNIST, compressed by gzip or not: two bytes of 0, the
 * type 8, the number of dimensions, each dimension as a big-endian int, then the elements in
 * row-major order. It is as long as its header says, which is known before memory is taken for more
 * than there can be.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database", 1998.
 *
 * @param shape the dimensions
 * @param bytes the elements
 */
record IdxFile(Shape shape, byte[] bytes) {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int UNSIGNED_BYTES = 0x0800;

  /** What an element takes until it is in a tensor: itself, its number, and the tensor's copy. */
  private static final int BYTES_AN_ELEMENT = 1 + 2 * Float.BYTES;

  private static final int BUFFER = 1 << 14;

  /** Reads a file that must have so many dimensions. */
  static IdxFile read(Path path, int rank) {
    try (InputStream file = open(path);
        DataInputStream in = new DataInputStream(file)) {
      IdxFile read = parse(path, in, rank);
      if (file instanceof Gunzip gunzip && gunzip.trailing(Files.size(path)) > 0) {
        throw new DataException(path + ": something follows its compressed data");
      }
      return read;
    } catch (EOFException e) {
      throw new DataException(path + ": the file ends inside of its header or its compression", e);
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": there is no such file", e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path path) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path));
    try {
      file.mark(2);
      boolean compressed = (file.read() << 8 | file.read()) == GZIP_MAGIC;
      file.reset();
      if (compressed) {
        PinnedArrays.warnOnce();
      }
      return compressed ? new Gunzip(file) : file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static IdxFile parse(Path path, DataInputStream in, int rank) throws IOException {
    int expected = UNSIGNED_BYTES | rank;
    int magic = in.readInt();
    if (magic != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: begins with 0x%08x, not with 0x%08x as an IDX file of bytes in %d dimensions"
                  + " does",
              path,
              magic,
              expected,
              rank));
    }
    int[] dims = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = in.readInt();
    }
    int claimed = size(path, dims);
    boolean fits = (long) claimed * BYTES_AN_ELEMENT <= Runtime.getRuntime().maxMemory();
    byte[] bytes = new byte[fits ? claimed : 0];
    long found = fits ? in.readNBytes(bytes, 0, claimed) : skip(in, claimed);
    if (found < claimed) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the header promises %s = %,d bytes, but only %,d follow",
              path,
              Arrays.toString(dims),
              claimed,
              found));
    }
    if (in.read() >= 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: more than the %s = %,d bytes that the header promises",
              path,
              Arrays.toString(dims),
              claimed));
    }
    if (!fits) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s = %,d bytes take %,d MB as a tensor is made of them: java has %,d MB (-Xmx)",
              path,
              Arrays.toString(dims),
              claimed,
              ((long) claimed * BYTES_AN_ELEMENT) >> 20,
              Runtime.getRuntime().maxMemory() >> 20));
    }
    return new IdxFile(Shape.of(dims), bytes);
  }

  /** Passes over so many bytes, or as many as there are, and says how many. */
  private static long skip(InputStream in, int count) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long skipped = 0;
    while (skipped < count) {
      int read = in.read(buffer, 0, (int) Math.min(BUFFER, count - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  private static int size(Path path, int[] dims) {
    long size = 1;
    for (int dim : dims) {
      size *= dim;
      if (dim < 0 || size > Integer.MAX_VALUE) {
        throw new DataException(
            "%s: the header promises %s bytes, more than a tensor holds"
                .formatted(path, Arrays.toString(dims)));
      }
    }
    return (int) size;
  }
}
