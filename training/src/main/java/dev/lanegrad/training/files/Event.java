package dev.lanegrad.training.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One record of TensorBoard's files.
 *
 * <p>Source: tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
 *
 * @param wallTime when it was written, in seconds since 1970
 * @param step the step of the training
 * @param content what it says
 */
public record Event(double wallTime, long step, Content content) {

  /** What a record says. */
  public sealed interface Content {}

  /** The first record of a file. */
  public record FileVersion(String version) implements Content {}

  /** Points of curves and pictures. */
  public record Summary(List<Value> values) implements Content {
    /** Takes a copy of the list. */
    public Summary {
      values = List.copyOf(values);
    }
  }

  /**
   * A training starts at the step of the record: points that are there already from it on are void.
   */
  public record SessionStart() implements Content {}

  /** What is not read, such as graphs of other frameworks. */
  public record Unknown() implements Content {}

  /**
   * A value with the name of its chart.
   *
   * @param tag the name; what stands before its first slash is a group of charts
   */
  public record Value(String tag, Shown shown) {}

  /** What a chart shows at one step. */
  public sealed interface Shown permits Scalar, Histogram, Image, Text, Other {}

  /** A number. */
  public record Scalar(float value) implements Shown {}

  /** Markdown. */
  public record Text(String text) implements Shown {}

  /** What is not read. */
  public record Other() implements Shown {}

  // ---- bytes

  private static final int START = 1;
  private static final int STRING_TYPE = 7;
  private static final String TEXT_PLUGIN = "text";

  byte[] bytes() {
    MessageWriter event = new MessageWriter().number(1, wallTime);
    if (step != 0) {
      event.varint(2, step);
    }
    switch (content) {
      case FileVersion(String version) -> event.text(3, version);
      case Summary(List<Value> values) -> {
        MessageWriter summary = new MessageWriter();
        values.forEach(value -> summary.message(1, message(value)));
        event.message(5, summary);
      }
      case SessionStart() -> event.message(7, new MessageWriter().varint(1, START));
      case Unknown() -> {
        // nothing is known to be written
      }
    }
    return event.toBytes();
  }

  private static MessageWriter message(Value value) {
    MessageWriter message = new MessageWriter().text(1, value.tag());
    return switch (value.shown()) {
      case Scalar(float number) -> message.number(2, number);
      case Image image -> message.message(4, image.message());
      case Histogram histogram -> message.message(5, histogram.message());
      case Text(String text) ->
          message
              .message(
                  8,
                  new MessageWriter()
                      .varint(1, STRING_TYPE)
                      .message(2, new MessageWriter().message(2, new MessageWriter().varint(1, 1)))
                      .text(8, text))
              .message(9, new MessageWriter().message(1, new MessageWriter().text(1, TEXT_PLUGIN)));
      case Other() -> message;
    };
  }

  /**
   * Reads a record; fields are called by their tags, see {@link MessageReader#tag}.
   *
   * @param label how the file is called in messages
   * @throws FormatException if it is no such message
   */
  static Event read(String label, ByteBuffer bytes) {
    MessageReader event = new MessageReader(label, bytes);
    double wallTime = 0;
    long step = 0;
    Content content = new Unknown();
    List<Value> values = new ArrayList<>();
    while (event.next()) {
      switch (event.tag()) {
        case 0x09 -> wallTime = event.float64();
        case 0x10 -> step = event.varint();
        case 0x1a -> content = new FileVersion(event.text());
        case 0x2a -> {
          if (!(content instanceof Summary)) {
            values.clear(); // the last of the contents counts
          }
          addValues(label, event.message(), values);
          content = new Summary(values);
        }
        case 0x3a -> content = session(label, event.message());
        case 0x32 -> {
          requireMessage(label, event.message(), 0x12);
          content = new Unknown();
        }
        case 0x42 -> {
          requireMessage(label, event.message(), 0x0a);
          content = new Unknown();
        }
        case 0x22, 0x4a -> content = new Unknown();
        default -> {
          // skipped
        }
      }
    }
    return new Event(wallTime, step, content);
  }

  private static Content session(String label, ByteBuffer bytes) {
    MessageReader session = new MessageReader(label, bytes);
    Content content = new Unknown();
    while (session.next()) {
      switch (session.tag()) {
        case 0x08 -> content = session.varint() == START ? new SessionStart() : new Unknown();
        case 0x12, 0x1a -> session.text();
        default -> {
          // skipped
        }
      }
    }
    return content;
  }

  private static void addValues(String label, ByteBuffer bytes, List<Value> values) {
    MessageReader summary = new MessageReader(label, bytes);
    while (summary.next()) {
      if (summary.tag() == 0x0a) {
        values.add(value(label, summary.message()));
      }
    }
  }

  private static Value value(String label, ByteBuffer bytes) {
    MessageReader value = new MessageReader(label, bytes);
    String tag = "";
    Shown shown = new Other();
    String plugin = "";
    while (value.next()) {
      switch (value.tag()) {
        case 0x0a -> tag = value.text();
        case 0x15 -> shown = new Scalar(value.float32());
        case 0x22 -> shown = Image.read(label, value.message());
        case 0x2a -> shown = Histogram.read(label, value.message());
        case 0x42 -> shown = tensorText(label, value.message());
        case 0x1a -> shown = new Other();
        case 0x32 -> {
          requireMessage(label, value.message(), 0x2a);
          shown = new Other();
        }
        case 0x3a -> value.text();
        case 0x4a -> plugin = plugin(label, value.message());
        default -> {
          // skipped
        }
      }
    }
    boolean isOtherTensor = shown instanceof Text && !plugin.equals(TEXT_PLUGIN);
    return new Value(tag, isOtherTensor ? new Other() : shown);
  }

  /** The texts of a tensor, which need not be UTF-8, each on a line of its own. */
  private static Text tensorText(String label, ByteBuffer bytes) {
    MessageReader tensor = new MessageReader(label, bytes);
    List<String> texts = new ArrayList<>();
    while (tensor.next()) {
      switch (tensor.tag()) {
        case 0x12 -> requireShape(label, tensor.message());
        case 0x2a, 0x4a -> tensor.requirePacked(Float.BYTES);
        case 0x32, 0x62 -> tensor.requirePacked(Double.BYTES);
        case 0x3a, 0x52, 0x5a, 0x6a -> tensor.requirePackedVarints();
        case 0x42 -> texts.add(new String(tensor.byteArray(), StandardCharsets.UTF_8));
        case 0x72, 0x7a -> requireMessage(label, tensor.message());
        default -> {
          // skipped
        }
      }
    }
    return new Text(String.join("\n", texts));
  }

  private static void requireShape(String label, ByteBuffer bytes) {
    MessageReader shape = new MessageReader(label, bytes);
    while (shape.next()) {
      if (shape.tag() == 0x12) {
        requireMessage(label, shape.message(), 0x0a);
      }
    }
  }

  /**
   * Goes through a message that is not shown, but has to be one.
   *
   * @param texts the tags of fields that have to be UTF-8
   */
  private static void requireMessage(String label, ByteBuffer bytes, int... texts) {
    MessageReader message = new MessageReader(label, bytes);
    while (message.next()) {
      if (IntStream.of(texts).anyMatch(tag -> tag == message.tag())) {
        message.text();
      }
    }
  }

  private static String plugin(String label, ByteBuffer bytes) {
    MessageReader metadata = new MessageReader(label, bytes);
    String plugin = "";
    while (metadata.next()) {
      switch (metadata.tag()) {
        case 0x0a -> plugin = pluginName(label, metadata.message());
        case 0x12, 0x1a -> metadata.text();
        default -> {
          // skipped
        }
      }
    }
    return plugin;
  }

  private static String pluginName(String label, ByteBuffer bytes) {
    MessageReader data = new MessageReader(label, bytes);
    String name = "";
    while (data.next()) {
      if (data.tag() == 0x0a) {
        name = data.text();
      }
    }
    return name;
  }
}
