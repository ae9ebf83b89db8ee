package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/** What happens to files, by chance but reproducibly; and what may be spent on reading them. */
final class Damage {
  /** Beyond the size of the file. */
  private static final long MAX_BYTES = 64 << 20;

  /** Of the processor, so that nothing else on the machine counts. */
  private static final long MAX_NANOS = 1_000_000_000;

  private final SplittableRandom random;

  Damage(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  /** Cut off, bits flipped, bytes changed, numbers made huge, bytes lost, doubled or swapped. */
  byte[] damaged(byte[] whole) {
    byte[] bytes = whole.clone();
    int at = random.nextInt(bytes.length);
    int other = random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> bytes[at] = (byte) random.nextInt();
      case 4 -> {
        ByteBuffer huge = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        huge.putLong(random.nextLong() >> random.nextInt(64));
        int count = Math.min(1 << random.nextInt(4), bytes.length - at);
        System.arraycopy(huge.array(), 0, bytes, at, count);
      }
      case 5 -> {
        int end = Math.max(at, other);
        int start = Math.min(Math.min(at, other), Math.max(end - 20, 0));
        return joined(Arrays.copyOf(bytes, start), Arrays.copyOfRange(bytes, end, bytes.length));
      }
      case 6 -> {
        return joined(
            Arrays.copyOf(bytes, Math.max(at, other)),
            Arrays.copyOfRange(bytes, Math.min(at, other), bytes.length));
      }
      default -> {
        byte moved = bytes[at];
        bytes[at] = bytes[other];
        bytes[other] = moved;
      }
    }
    return bytes;
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** What reading gives, which must not take 64 MB more than the file has, nor a second. */
  static <T> T frugally(long fileBytes, Supplier<T> reading) {
    long before = ofThisThread("CurrentThreadCpuTime");
    try {
      return within(MAX_BYTES + fileBytes, reading);
    } finally {
      long taken = ofThisThread("CurrentThreadCpuTime") - before;
      assertTrue(taken < MAX_NANOS, () -> String.format(Locale.ROOT, "%,d ns", taken));
    }
  }

  /** What reading gives, which must not take more bytes than that, garbage counted. */
  static <T> T within(long bytes, Supplier<T> reading) {
    long before = allocated();
    try {
      return reading.get();
    } finally {
      long taken = allocated() - before;
      assertTrue(taken < bytes, () -> String.format(Locale.ROOT, "%,d bytes of %,d", taken, bytes));
    }
  }

  private static long allocated() {
    return ofThisThread("CurrentThreadAllocatedBytes");
  }

  private static long ofThisThread(String attribute) {
    try {
      ObjectName threads = new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME);
      return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(threads, attribute);
    } catch (JMException e) {
      throw new AssertionError("this JVM does not count what threads take", e);
    }
  }
}
