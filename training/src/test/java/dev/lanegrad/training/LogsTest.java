package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.log.CsvLog;
import dev.lanegrad.training.log.JsonLinesLog;
import dev.lanegrad.training.log.ProgressDisplay;
import dev.lanegrad.training.log.TensorBoardLog;
import dev.lanegrad.training.metric.Accuracy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/** What a training writes while it runs, as others read it. */
class LogsTest {
  @TempDir private Path folder;

  private Trainer<Batch> trainer(Callback... callbacks) {
    return Small.trainer(Small.model(1)).metrics(new Accuracy()).callbacks(callbacks);
  }

  /** Two epochs, a checkpoint, a third epoch whose log stays, then on from the checkpoint. */
  private void interrupted(java.util.function.Supplier<Callback> log) {
    Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
    trainer(log.get())
        .checkpoints(checkpoints)
        .fit(Small.loader(), Small.validation(), Limit.epochs(2));
    Trainer<Batch> lost = trainer(log.get()).checkpoints(checkpoints);
    lost.resume();
    lost.checkpoints(null).fit(Small.loader(), Small.validation(), Limit.epochs(4));
    Trainer<Batch> again = trainer(log.get()).checkpoints(checkpoints);
    again.resume();
    again.fit(Small.loader(), Small.validation(), Limit.epochs(3));
  }

  @Test
  void aCsvLogHasARowForEachReport() throws IOException {
    Path file = folder.resolve("new").resolve("log.csv");
    interrupted(() -> new CsvLog(file));
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        "step,epoch,seconds,loss,accuracy,val_loss,val_accuracy,learning_rate", lines.getFirst());
    assertEquals(
        List.of("6,0", "12,1", "18,2"),
        lines.stream().skip(1).map(line -> line.substring(0, line.indexOf(',', 3))).toList());
    History history = trainer().fit(Small.loader(), Small.validation(), Limit.epochs(3));
    List<String> losses = lines.stream().skip(1).map(line -> line.split(",", -1)[5]).toList();
    assertEquals(
        Arrays.stream(history.values("val_loss")).mapToObj(Double::toString).toList(), losses);
    trainer(new CsvLog(file)).fit(Small.loader(), Limit.epochs(1));
    assertEquals(2, Files.readAllLines(file).size());
  }

  @Test
  void aJsonLogHasALineForEachReport() throws IOException {
    Path file = folder.resolve("log.jsonl");
    interrupted(() -> new JsonLinesLog(file));
    List<String> lines = Files.readAllLines(file);
    assertEquals(3, lines.size());
    for (int i = 0; i < 3; i++) {
      String line = lines.get(i);
      String start =
          String.format(Locale.ROOT, "{\"step\":%d,\"epoch\":%d,\"seconds\":", 6 * (i + 1), i);
      assertTrue(line.startsWith(start), line);
      assertTrue(line.matches(".*,\"val_accuracy\":[0-9.]+,\"learning_rate\":0.05}"), line);
    }
    Files.writeString(file, "no json\n");
    Trainer<Batch> trainer = trainer();
    trainer.fit(Small.loader(), Limit.steps(1));
    trainer.callbacks(new JsonLinesLog(file));
    String message =
        assertThrows(DataException.class, () -> trainer.fit(Small.loader(), Limit.steps(2)))
            .getMessage();
    assertTrue(message.startsWith(file.toString()), message);
  }

  @Test
  void notANumberIsAStringInJson() throws IOException {
    Path file = folder.resolve("log.jsonl");
    JsonLinesLog log = new JsonLinesLog(file);
    TrainerState state = new TrainerState(0, 1, 1, 1, 1, 0, 0.1, trainer());
    log.onStart(state);
    var values = new java.util.LinkedHashMap<String, Double>();
    values.put("loss", Double.NaN);
    values.put("mae", Double.POSITIVE_INFINITY);
    log.onReport(state, values);
    String line = Files.readString(file);
    assertTrue(line.endsWith("\"loss\":\"NaN\",\"mae\":\"Infinity\"}\n"), line);
  }

  /** Everything that TensorFlow's own classes find in a folder, in the order of its files. */
  private static List<Event> events(Path run) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(run)) {
      files = entries.sorted().toList();
    }
    List<Event> events = new ArrayList<>();
    for (Path file : files) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        byte[] data = new byte[Math.toIntExact(bytes.getLong())];
        bytes.getInt();
        bytes.get(data).getInt();
        events.add(Event.parseFrom(data));
      }
    }
    return events;
  }

  private static List<String> points(List<Event> events, String tag) {
    List<String> points = new ArrayList<>();
    for (Event event : events) {
      if (event.getSessionLog().getStatus() == SessionLog.SessionStatus.START) {
        points.add("start " + event.getStep());
      }
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          points.add(event.getStep() + "");
        }
      }
    }
    return points;
  }

  @Test
  void tensorBoardSeesCurvesHistogramsAndPictures() throws IOException {
    interrupted(
        () ->
            new TensorBoardLog(folder.resolve("runs"))
                .lossEvery(4)
                .picture("noise", () -> Tensor.zeros(DType.FLOAT32, 1, 5, 7)));
    List<Event> train = events(folder.resolve("runs").resolve("train"));
    List<Event> val = events(folder.resolve("runs").resolve("val"));
    assertEquals(
        List.of("6", "12", "start 13", "18", "24", "start 13", "18"), points(train, "loss"));
    assertEquals(
        List.of("4", "8", "12", "start 13", "16", "20", "24", "start 13", "16"),
        points(train, "update/loss"));
    assertEquals(
        List.of("6", "12", "start 13", "18", "24", "start 13", "18"), points(val, "accuracy"));
    assertEquals(
        List.of("1", "7", "start 13", "13", "19", "start 13", "13"),
        points(train, "gradients/0.weight"));
    TreeSet<String> tags = new TreeSet<>();
    for (Event event : train) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        tags.add(value.getTag());
        if (value.getTag().equals("weights/3.bias")) {
          assertEquals(2, value.getHisto().getNum());
        }
        if (value.getTag().equals("noise")) {
          assertEquals(7, value.getImage().getWidth());
          assertEquals(5, value.getImage().getHeight());
        }
      }
    }
    assertTrue(
        tags.containsAll(
            List.of(
                "accuracy",
                "gradients/3.bias",
                "learning_rate",
                "noise",
                "update/learning_rate",
                "weights/0.weight",
                "weights/3.bias")),
        tags::toString);
  }

  @Test
  void withoutAValidationSetThereIsNoRunOfIt() throws IOException {
    trainer(new TensorBoardLog(folder).withoutHistograms().lossEvery(0))
        .fit(Small.loader(), Limit.epochs(2));
    assertEquals(List.of("6", "12"), points(events(folder.resolve("train")), "loss"));
    assertEquals(1 + 2 * 3, events(folder.resolve("train")).size());
    assertFalse(Files.exists(folder.resolve("val")));
  }

  private static String shown(ProgressDisplay.Style style, Limit limit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Small.trainer(Small.model(1))
          .metrics(new Accuracy())
          .callbacks(new ProgressDisplay(style, out))
          .fit(Small.loader(), Small.validation(), limit);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** With steps, times, loss and rate; drawn over itself, and left standing at the end. */
  @Test
  void aBarIsDrawnInOneLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String lines;
    try {
      lines = shown(ProgressDisplay.Style.BAR, Limit.epochs(2));
    } finally {
      System.setErr(before);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    String last = text.substring(text.lastIndexOf('\r'));
    assertEquals("", lines);
    assertTrue(last.matches("(?s)\r +100% \\[=* *] 12/12 \\(.*\\) +epoch 2 loss .*\\R"), text);
    assertEquals(text.length() - 1, text.indexOf('\n'), text);
  }

  @Test
  void linesSayHowFarItIs() {
    List<String> lines = shown(ProgressDisplay.Style.LINES, Limit.epochs(2)).lines().toList();
    assertEquals(3, lines.size(), lines::toString);
    String number = " \\d+(\\.\\d+)?(e[-+]\\d+)?";
    assertTrue(
        lines
            .getFirst()
            .matches(
                "epoch 1  step 6/12  loss%s accuracy%s val_loss%s val_accuracy%s learning_rate%s"
                        .replace("%s", number)
                    + "  [0-9.]+ s, [0-9.]+ s left"),
        lines.getFirst());
    assertTrue(lines.get(1).startsWith("epoch 2  step 12/12 "), lines.get(1));
    assertTrue(lines.get(2).matches("12 steps in [0-9.]+ s: 2 epochs are done"), lines.get(2));
    assertEquals("", shown(ProgressDisplay.Style.SILENT, Limit.epochs(1)));
    String endless = shown(ProgressDisplay.Style.LINES, Limit.time(java.time.Duration.ofMillis(1)));
    assertFalse(endless.contains("left"), endless);
  }
}
