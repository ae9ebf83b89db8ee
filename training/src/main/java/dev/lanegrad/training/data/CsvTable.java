package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of comma-separated values: a row of column names, then one row an example. Cells may be
 * quoted with {@code "}, as in RFC 4180; spaces around a cell without quotes do not count, nor do
 * empty lines. A number is written in decimal digits with a point or without, with a sign and an
 * exponent or without, as in {@code -4.9e0}.
 *
 * <pre>{@code
 * CsvTable iris = CsvTable.read(Path.of("iris.csv"));
 * Dataset flowers = iris.classification("species");
 * List<String> species = iris.classes("species");
 * }</pre>
 *
 * @param source where it comes from, for messages
 * @param columns the column names
 * @param rows the cells, as many in each row as there are columns
 */
public record CsvTable(String source, List<String> columns, List<List<String>> rows) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  private static final int BYTE_ORDER_MARK = 0xfeff;

  /** Java's own notation has more: 1d, 2f, 0x1p3, NaN. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  /**
   * Checks that names differ and rows have one length.
   *
   * @throws DataException if not
   */
  public CsvTable {
    Objects.requireNonNull(source, "csvTable: source is null");
    requirePresent("columns", columns);
    requirePresent("rows", rows);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new DataException("%s: two columns are called \"%s\"".formatted(source, column));
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).size() != columns.size()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: row %d has %d cells, the header has %d",
                source,
                row + 1,
                rows.get(row).size(),
                columns.size()));
      }
    }
  }

  private static void requirePresent(String name, List<?> list) {
    Objects.requireNonNull(list, () -> "csvTable: %s is null".formatted(name));
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == null) {
        throw new NullPointerException(
            String.format(Locale.ROOT, "csvTable: %s[%d] is null", name, i));
      }
    }
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws DataException if it cannot be read, is in another encoding, has no header, two columns
   *     of one name, a quote without its end, or a row of another length than the header
   */
  public static CsvTable read(Path path) {
    try (Reader text = withoutMark(Files.newBufferedReader(path));
        CSVParser parser = CSVParser.parse(text, FORMAT)) {
      List<List<String>> lines = parser.stream().map(CSVRecord::toList).toList();
      if (lines.isEmpty()) {
        throw new DataException(path + ": has no header");
      }
      List<String> header = lines.getFirst();
      if (header.stream().anyMatch(name -> name.indexOf(0) >= 0)) {
        throw notUtf8(path);
      }
      return new CsvTable(path.toString(), header, rows(header, lines));
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": there is no such file", e);
    } catch (IOException | UncheckedIOException e) {
      throw isEncoding(e)
          ? notUtf8(path)
          : new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The text behind a byte order mark, which would hide the quote of a name. */
  private static Reader withoutMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  /** All lines but the header and those of spaces alone. */
  private static List<List<String>> rows(List<String> header, List<List<String>> lines) {
    List<String> spaces = List.of("");
    return lines.stream()
        .skip(1)
        .filter(line -> header.size() == 1 || !line.equals(spaces))
        .toList();
  }

  private static boolean isEncoding(Exception e) {
    return e instanceof CharacterCodingException
        || e.getCause() instanceof CharacterCodingException;
  }

  private static DataException notUtf8(Path path) {
    return new DataException(path + ": is not text in UTF-8; save it in that encoding");
  }

  /** The number of examples. */
  public int size() {
    return rows.size();
  }

  /**
   * Columns as float32 numbers.
   *
   * <p>Shape: {@code [n, names]}.
   *
   * @throws DataException if there is no such column, or a cell is not a finite number
   */
  public Tensor numbers(List<String> names) {
    requirePresent("names", names);
    int[] positions = names.stream().mapToInt(this::position).toArray();
    float[] values = new float[size() * positions.length];
    for (int row = 0; row < size(); row++) {
      for (int i = 0; i < positions.length; i++) {
        values[row * positions.length + i] = number(row, positions[i]);
      }
    }
    return Tensor.of(Shape.of(size(), positions.length), values);
  }

  private float number(int row, int column) {
    String cell = rows.get(row).get(column).strip();
    float number = NUMBER.matcher(cell).matches() ? Float.parseFloat(cell) : Float.NaN;
    if (!Float.isFinite(number)) {
      throw notANumber(row, column, cell);
    }
    return number;
  }

  private DataException notANumber(int row, int column, String cell) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: row %d, column \"%s\": \"%s\" is not a finite %s",
            source,
            row + 1,
            columns.get(column),
            cell,
            DType.FLOAT32));
  }

  private int position(String name) {
    int position = columns.indexOf(name);
    if (position < 0) {
      throw new DataException("%s: has no column \"%s\", only %s".formatted(source, name, columns));
    }
    return position;
  }

  /**
   * The different cells of a column, sorted: those that are numbers by value, others by name.
   *
   * @throws DataException if there is no such column
   */
  public List<String> classes(String name) {
    Objects.requireNonNull(name, "csvTable: name is null");
    int position = position(name);
    List<String> cells = rows.stream().map(row -> row.get(position)).distinct().toList();
    Predicate<String> isInteger = cell -> cell.matches("-?\\d{1,9}");
    return cells.stream().allMatch(isInteger)
        ? cells.stream().sorted(Comparator.comparingInt(Integer::parseInt)).toList()
        : cells.stream().sorted().toList();
  }

  /**
   * A label column as int32 positions in {@link #classes}.
   *
   * <p>Shape: {@code [n]}.
   *
   * @throws DataException if there is no such column
   */
  public Tensor labels(String name) {
    Objects.requireNonNull(name, "csvTable: name is null");
    int position = position(name);
    List<String> classes = classes(name);
    return Tensor.ofInts(
        rows.stream().mapToInt(row -> classes.indexOf(row.get(position))).toArray());
  }

  /**
   * All other columns as inputs [n, columns - 1], and the classes of one as {@link #labels}.
   *
   * @throws DataException if there is no row or no such column, or an input is not a finite number
   */
  public Dataset classification(String label) {
    Objects.requireNonNull(label, "csvTable: label is null");
    checkNotEmpty();
    return new Dataset(numbers(allBut(label)), labels(label));
  }

  /**
   * All other columns as inputs [n, columns - 1], and the numbers of one as targets [n, 1].
   *
   * @throws DataException if there is no row or no such column, or a cell is not a finite number
   */
  public Dataset regression(String target) {
    Objects.requireNonNull(target, "csvTable: target is null");
    checkNotEmpty();
    return new Dataset(numbers(allBut(target)), numbers(List.of(target)));
  }

  private void checkNotEmpty() {
    if (rows.isEmpty()) {
      throw new DataException(source + ": has a header but no row");
    }
  }

  private List<String> allBut(String name) {
    int position = position(name);
    return IntStream.range(0, columns.size())
        .filter(i -> i != position)
        .mapToObj(columns::get)
        .toList();
  }
}
