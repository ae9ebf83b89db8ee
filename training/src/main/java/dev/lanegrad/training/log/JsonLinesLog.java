package dev.lanegrad.training.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.TrainerState;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A file with a JSON object for each report, one a line: step, epoch, seconds, then loss and
 * metrics. NaN and infinity, which JSON does not have, are strings.
 *
 * <p>A training that goes on after a resume keeps the lines up to its step, and drops later ones,
 * which a killed process may have left; one that begins anew drops all. A file that cannot be
 * written, or is no log, throws a {@link DataException} when a training reports.
 */
public final class JsonLinesLog implements Callback {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String STEP = "step";

  private final LogFile file;

  /** Writes to a file; its folder is made if it is not there. */
  public JsonLinesLog(Path file) {
    this.file = new LogFile(Objects.requireNonNull(file, "jsonLinesLog: file is null"));
  }

  @Override
  public void onStart(TrainerState state) {
    StringBuilder kept = new StringBuilder();
    file.begin(
        state.step() > 0,
        () -> {
          for (String line : wholeLines(Files.readString(file.path()))) {
            if (step(line) <= state.step()) {
              kept.append(line).append('\n');
            }
          }
        });
    file.replace(kept.toString());
  }

  /** A last line without an end was cut off. */
  private static List<String> wholeLines(String text) {
    return new ArrayList<>(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
  }

  private long step(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_INT && STEP.equals(parser.currentName())) {
          return parser.getLongValue();
        }
      }
    }
    throw new DataException("%s: is no log of a training: \"%s\"".formatted(file.path(), line));
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField(STEP, state.step());
      json.writeNumberField("epoch", state.epoch());
      json.writeNumberField("seconds", state.seconds());
      for (Map.Entry<String, Double> entry : values.entrySet()) {
        json.writeNumberField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("a string takes everything", e);
    }
    file.append(line.append('\n').toString());
  }

  @Override
  public String toString() {
    return "JsonLinesLog[%s]".formatted(file.path());
  }
}
