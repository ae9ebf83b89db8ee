package dev.lanegrad.training.log;

import dev.lanegrad.training.Callback;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.TrainerState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of comma-separated values with a row for each report: step, epoch, seconds, then loss and
 * metrics.
 *
 * <p>A training that goes on after a resume keeps the rows up to its step, and drops later ones,
 * which a killed process may have left; one that begins anew drops all. A file that cannot be
 * written, or is no log, throws a {@link DataException} when a training reports.
 */
public final class CsvLog implements Callback {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

  private final LogFile file;
  private final List<Map<String, String>> rows = new ArrayList<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /** Writes to a file; its folder is made if it is not there. */
  public CsvLog(Path file) {
    this.file = new LogFile(Objects.requireNonNull(file, "csvLog: file is null"));
  }

  @Override
  public void onStart(TrainerState state) {
    rows.clear();
    columns.clear();
    file.begin(state.step() > 0, () -> read(state.step()));
    writeAll();
  }

  private void read(long lastStep) throws IOException {
    CSVFormat withHeader = FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file.path(), StandardCharsets.UTF_8, withHeader)) {
      columns.addAll(parser.getHeaderNames());
      for (CSVRecord record : parser) {
        if (record.isConsistent() && Long.parseLong(record.get("step")) <= lastStep) {
          rows.add(new LinkedHashMap<>(record.toMap()));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: is no log of a training: %s".formatted(file.path(), e), e);
    }
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("step", Long.toString(state.step()));
    row.put("epoch", Integer.toString(state.epoch()));
    row.put("seconds", Double.toString(state.seconds()));
    values.forEach((name, value) -> row.put(name, Double.toString(value)));
    rows.add(row);
    if (columns.addAll(row.keySet())) {
      writeAll();
    } else {
      file.append(line(row));
    }
  }

  private void writeAll() {
    StringBuilder text = new StringBuilder();
    if (!columns.isEmpty()) {
      text.append(FORMAT.format(columns.toArray())).append('\n');
    }
    rows.forEach(row -> text.append(line(row)));
    file.replace(text.toString());
  }

  private String line(Map<String, String> row) {
    return FORMAT.format(columns.stream().map(name -> row.getOrDefault(name, "")).toArray()) + "\n";
  }

  @Override
  public String toString() {
    return "CsvLog[%s]".formatted(file.path());
  }
}
