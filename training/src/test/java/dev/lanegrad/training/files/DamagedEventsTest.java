package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;

/** Damaged event files, and records with right sums that hold no events. */
class DamagedEventsTest {
  @TempDir Path folder;

  private Path written() {
    try (EventWriter log =
        EventWriter.open(folder, () -> Instant.ofEpochSecond(1_700_000_000, 250_000_000))) {
      log.scalar("loss", 300, 1.5);
      log.histogram("h", 2, Tensor.of(1.0, 2, 3));
      log.image("i", 3, Tensor.ones(DType.FLOAT32, 1, 2, 2));
      log.text("t", 4, "text");
      return log.path();
    }
  }

  /** As the published classes read it; null if they do not, or a rule of the file is broken. */
  private static List<org.tensorflow.util.Event> plainly(byte[] file) {
    try {
      List<org.tensorflow.util.Event> events = EventFileTest.published(file);
      boolean isSound =
          !events.isEmpty()
              && events.getFirst().getFileVersion().startsWith("brain.Event:")
              && events.stream()
                  .flatMap(event -> event.getSummary().getValueList().stream())
                  .map(Summary.Value::getHisto)
                  .allMatch(DamagedEventsTest::isSound);
      return isSound ? events : null;
    } catch (IOException
        | BufferUnderflowException
        | NegativeArraySizeException
        | OutOfMemoryError e) {
      return null;
    }
  }

  private static boolean isSound(HistogramProto histogram) {
    return histogram.getBucketCount() == histogram.getBucketLimitCount();
  }

  private int read(byte[] file, Path path, String variant) throws IOException {
    List<org.tensorflow.util.Event> expected = plainly(file);
    Files.write(path, file);
    if (expected == null) {
      assertThrows(
          FormatException.class,
          () -> Damage.frugally(file.length, () -> EventFile.read(path)),
          variant);
      return 0;
    }
    List<Event> events = Damage.frugally(file.length, () -> EventFile.read(path));
    assertEquals(expected.size(), events.size(), variant);
    for (int i = 0; i < events.size(); i++) {
      EventFileTest.assertSame(expected.get(i), events.get(i));
    }
    return 1;
  }

  @ParameterizedTest
  @ValueSource(ints = 200)
  @Timeout(60)
  void variantsAreRefusedOrReadAsThePublishedClassesReadThem(int count) throws IOException {
    Path path = written();
    byte[] whole = Files.readAllBytes(path);
    Damage damage = new Damage(5);
    for (int i = 0; i < count; i++) {
      byte[] file = damage.damaged(whole);
      int sound = read(file, path, "variant " + i);
      assertTrue(
          sound == 0 || Arrays.equals(file, whole) || file.length != whole.length,
          "only whole records can be lost or doubled");
    }
  }

  @Test
  @Tag("thorough")
  @Timeout(600)
  void twoThousandVariantsAreRefusedOrReadAsThePublishedClassesReadThem() throws IOException {
    variantsAreRefusedOrReadAsThePublishedClassesReadThem(2000);
  }

  @ParameterizedTest
  @ValueSource(ints = 200)
  @Timeout(60)
  void recordsWithRightSumsAreRefusedOrReadAsThePublishedClassesReadThem(int count)
      throws IOException {
    Path path = written();
    byte[] whole = Files.readAllBytes(path);
    Damage damage = new Damage(6);
    int sound = 0;
    for (int i = 0; i < count; i++) {
      byte[] file = {};
      ByteBuffer records = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
      int changed = damage.random().nextInt(5);
      for (int record = 0; records.hasRemaining(); record++) {
        byte[] data = new byte[(int) records.getLong()];
        records.getInt();
        records.get(data).getInt();
        byte[] put = record == changed ? damage.damaged(data) : data;
        file = Damage.joined(file, EventFile.framed(put));
      }
      sound += read(file, path, "variant " + i);
    }
    assertTrue(sound > count / 5, "both kinds occur: " + sound);
  }

  @Test
  @Tag("thorough")
  @Timeout(600)
  void twoThousandRecordsWithRightSumsAreReadAsThePublishedClassesReadThem() throws IOException {
    recordsWithRightSumsAreRefusedOrReadAsThePublishedClassesReadThem(2000);
  }

  @Test
  void aHugeLengthWithARightSumTakesNoMemory() throws IOException {
    Path path = written();
    byte[] whole = Files.readAllBytes(path);
    for (long length : new long[] {Long.MAX_VALUE, -1, Integer.MAX_VALUE, 1 << 30}) {
      byte[] head = EventFile.head(length);
      byte[] file = Damage.joined(whole, Arrays.copyOf(head, 100));
      Files.write(path, file);
      String message =
          assertThrows(
                  FormatException.class,
                  () -> Damage.frugally(file.length, () -> EventFile.read(path)))
              .getMessage();
      assertTrue(message.contains("begins at byte " + whole.length), message);
    }
  }

  @Test
  void anEmptyFileAndOneOfAnotherKindAreRefused() throws IOException {
    Path path = folder.resolve("events.out.tfevents.1");
    Files.write(path, new byte[0]);
    assertThrows(FormatException.class, () -> EventFile.read(path));
    assertTrue(EventFile.readSoFar(path).isEmpty());
    Files.write(path, EventFile.framed(new Event(1, 0, new Event.SessionStart()).bytes()));
    String message = assertThrows(FormatException.class, () -> EventFile.read(path)).getMessage();
    assertEquals(
        path + ": the first record does not name the version of the file, such as brain.Event:2",
        message);
  }
}
