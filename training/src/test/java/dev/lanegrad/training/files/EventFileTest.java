package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.SessionLog;

/** What is written is read by the published classes of the format; and by our own reader. */
class EventFileTest {
  @TempDir Path folder;

  /** Independent of the reader: the sums as tensorflow/core/lib/hash/crc32c.h masks them. */
  static List<org.tensorflow.util.Event> published(byte[] file) throws IOException {
    List<org.tensorflow.util.Event> events = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      checkSum(length, bytes.getInt());
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      checkSum(data, bytes.getInt());
      events.add(org.tensorflow.util.Event.parseFrom(data));
    }
    return events;
  }

  private static void checkSum(byte[] data, int masked) throws IOException {
    int rotated = masked - 0xa282ead8;
    CRC32C sum = new CRC32C();
    sum.update(data);
    if ((int) sum.getValue() != (rotated >>> 17 | rotated << 15)) {
      throw new IOException("wrong sum");
    }
  }

  @Test
  void thePublishedClassesReadWhatIsWritten() throws IOException {
    double before = System.currentTimeMillis() / 1000.0;
    Path path;
    try (EventWriter log = EventWriter.open(folder.resolve("runs/first"))) {
      path = log.path();
      log.scalar("loss/training", 0, 0.1);
      log.scalar("loss/training", 1L << 40, Double.NaN);
      log.histogram("weights", 3, Tensor.of(-1f, 0f, 0.5f, 0.5f, Float.NaN));
      log.image("input", 4, Tensor.of(new float[][] {{0, 0.5f, 1}, {2, -1, Float.NaN}}));
      log.text("notes", 5, "**bold** ä");
    }
    assertTrue(
        path.getFileName()
            .toString()
            .matches("events\\.out\\.tfevents\\.\\d{10}\\.[^/]+\\.\\d+\\.0"),
        path.toString());
    List<org.tensorflow.util.Event> events = published(Files.readAllBytes(path));
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    for (org.tensorflow.util.Event event : events) {
      assertTrue(event.getWallTime() >= before - 1 && event.getWallTime() < before + 600);
      assertTrue(event.getUnknownFields().asMap().isEmpty());
    }
    assertEquals(0, events.get(1).getStep());
    Summary.Value loss = events.get(1).getSummary().getValue(0);
    assertEquals("loss/training", loss.getTag());
    assertEquals(0.1f, loss.getSimpleValue());
    assertEquals(1L << 40, events.get(2).getStep());
    assertTrue(Float.isNaN(events.get(2).getSummary().getValue(0).getSimpleValue()));
    checkHistogram(events.get(3).getSummary().getValue(0).getHisto());
    checkImage(events.get(4).getSummary().getValue(0).getImage());
    Summary.Value text = events.get(5).getSummary().getValue(0);
    assertEquals("text", text.getMetadata().getPluginData().getPluginName());
    assertEquals(DataType.DT_STRING, text.getTensor().getDtype());
    assertEquals(1, text.getTensor().getTensorShape().getDim(0).getSize());
    assertEquals("**bold** ä", text.getTensor().getStringVal(0).toStringUtf8());
    assertEquals(6, events.size());
  }

  private static void checkHistogram(HistogramProto histogram) {
    assertEquals(-1, histogram.getMin());
    assertEquals(0.5, histogram.getMax());
    assertEquals(4, histogram.getNum());
    assertEquals(0, histogram.getSum());
    assertEquals(1.5, histogram.getSumSquares());
    List<Double> limits = histogram.getBucketLimitList();
    List<Double> counts = histogram.getBucketList();
    assertEquals(limits.size(), counts.size());
    assertEquals(0, counts.get(0), "an empty bucket says where the first full one begins");
    assertEquals(1, counts.get(1));
    assertTrue(limits.get(0) <= -1 && -1 < limits.get(1));
    assertEquals(2, counts.getLast());
    assertTrue(limits.get(limits.size() - 2) <= 0.5 && 0.5 < limits.getLast());
    assertEquals(4, counts.stream().mapToDouble(Double::doubleValue).sum());
    assertEquals(1, counts.get(limits.indexOf(1e-12)), "0 lies between 0 and the first edge");
  }

  private static void checkImage(Summary.Image image) throws IOException {
    assertEquals(2, image.getHeight());
    assertEquals(3, image.getWidth());
    assertEquals(1, image.getColorspace());
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
    assertArrayEquals(
        new int[] {0, 128, 255, 255, 0, 0},
        picture.getRaster().getSamples(0, 0, 3, 2, 0, (int[]) null));
  }

  @Test
  void coloursAreInTheirOrder() throws IOException {
    int[] samples = IntStream.range(0, 4 * 2 * 3).map(i -> 10 * i).toArray();
    for (int channels : new int[] {3, 4}) {
      Tensor tensor = Tensor.ofInts(Shape.of(channels, 2, 3), Arrays.copyOf(samples, channels * 6));
      Image image = Image.of(tensor);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(image.png()));
      for (int channel = 0; channel < channels; channel++) {
        assertArrayEquals(
            Arrays.copyOfRange(samples, channel * 6, channel * 6 + 6),
            picture.getRaster().getSamples(0, 0, 3, 2, channel, (int[]) null));
      }
    }
    String message =
        assertThrows(ShapeException.class, () -> Image.of(Tensor.zeros(DType.FLOAT32, 2, 5, 5)))
            .getMessage();
    assertEquals(
        "image: takes [height, width] or [1, 3 or 4 channels, height, width], not [2, 5, 5]",
        message);
  }

  @Test
  void ourReaderAgreesWithThePublishedClasses() throws IOException {
    Path path = written(EventWriter.open(folder));
    List<Event> events = EventFile.read(path);
    List<org.tensorflow.util.Event> published = published(Files.readAllBytes(path));
    assertEquals(published.size(), events.size());
    for (int i = 0; i < events.size(); i++) {
      assertSame(published.get(i), events.get(i));
    }
  }

  static Path written(EventWriter writer) {
    try (EventWriter log = writer) {
      log.scalar("a", 1, 1.5);
      log.scalar("a", 300, -0.0);
      log.histogram("h", 2, Tensor.of(1e30, -1e-20, 0, 1e300));
      log.image("i", 3, Tensor.ones(DType.FLOAT32, 3, 2, 2));
      log.text("t", 4, "text");
      return log.path();
    }
  }

  /** Everything that our events say, as the published classes say it. */
  static void assertSame(org.tensorflow.util.Event published, Event event) {
    assertEquals(published.getWallTime(), event.wallTime());
    assertEquals(published.getStep(), event.step());
    switch (event.content()) {
      case Event.FileVersion(String version) -> assertEquals(published.getFileVersion(), version);
      case Event.SessionStart() ->
          assertEquals(SessionLog.SessionStatus.START, published.getSessionLog().getStatus());
      case Event.Summary(List<Event.Value> values) -> {
        assertEquals(published.getSummary().getValueCount(), values.size());
        for (int i = 0; i < values.size(); i++) {
          assertSame(published.getSummary().getValue(i), values.get(i));
        }
      }
      case Event.Unknown() -> {
        assertEquals("", published.getFileVersion());
        assertEquals(0, published.getSummary().getValueCount());
      }
    }
  }

  private static void assertSame(Summary.Value published, Event.Value value) {
    assertEquals(published.getTag(), value.tag());
    switch (value.shown()) {
      case Event.Scalar(float number) -> assertEquals(published.getSimpleValue(), number);
      case Histogram histogram -> {
        HistogramProto histo = published.getHisto();
        assertEquals(
            List.of(
                histo.getMin(),
                histo.getMax(),
                histo.getNum(),
                histo.getSum(),
                histo.getSumSquares()),
            List.of(
                histogram.min(),
                histogram.max(),
                histogram.count(),
                histogram.sum(),
                histogram.sumOfSquares()));
        assertEquals(histo.getBucketLimitList(), histogram.limits());
        assertEquals(histo.getBucketList(), histogram.counts());
      }
      case Image image -> {
        assertEquals(published.getImage().getHeight(), image.height());
        assertEquals(published.getImage().getWidth(), image.width());
        assertEquals(published.getImage().getColorspace(), image.channels());
        assertArrayEquals(published.getImage().getEncodedImageString().toByteArray(), image.png());
      }
      case Event.Text(String text) ->
          assertEquals(
              String.join(
                  "\n",
                  published.getTensor().getStringValList().stream()
                      .map(ByteString::toStringUtf8)
                      .toList()),
              text);
      case Event.Other() -> assertEquals(0, published.getSimpleValue());
    }
  }

  @Test
  void aResumedTrainingStartsAFileThatComesLastAndVoidsWhatIsBehindIt() throws IOException {
    Path first = written(EventWriter.open(folder));
    Path second = written(EventWriter.resume(folder, 200));
    Path third = written(EventWriter.resume(folder, 0));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(first, second, third), files.sorted().toList());
    }
    List<org.tensorflow.util.Event> events = published(Files.readAllBytes(second));
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    assertEquals(SessionLog.SessionStatus.START, events.get(1).getSessionLog().getStatus());
    assertEquals(200, events.get(1).getStep());
    assertEquals(new Event.SessionStart(), EventFile.read(second).get(1).content());
    assertEquals(200, EventFile.read(second).get(1).step());
  }

  @Test
  void aRecordThatIsStillBeingWrittenIsLeftOutWhenAskedFor() throws IOException {
    Path path = written(EventWriter.open(folder));
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 3));
    assertEquals(5, EventFile.readSoFar(path).size());
    assertTrue(
        assertThrows(FormatException.class, () -> EventFile.read(path))
            .getMessage()
            .contains("is cut off within the record that begins at byte"));
  }

  @Test
  void everyDamagedByteIsFound() throws IOException {
    Path path;
    try (EventWriter log = EventWriter.open(folder)) {
      log.scalar("a", 300, 1.5);
      log.text("t", 4, "text");
      path = log.path();
    }
    byte[] whole = Files.readAllBytes(path);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 << i % 8);
      Files.write(path, damaged);
      assertThrows(FormatException.class, () -> EventFile.read(path), "byte " + i);
    }
  }

  @Test
  void stepsAreNotNegativeAndAHistogramOfNothingIsNone() throws IOException {
    try (EventWriter log = EventWriter.open(folder)) {
      assertThrows(IllegalArgumentException.class, () -> log.scalar("a", -1, 0));
      log.histogram("h", 1, Tensor.of(Float.NaN, Float.POSITIVE_INFINITY));
      log.histogram("h", 1, Tensor.zeros(DType.FLOAT32, 0));
      assertEquals(1, EventFile.read(log.path()).size());
    }
    assertThrows(DataException.class, () -> EventFile.read(folder.resolve("none")));
  }
}
