package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  private static final String IRIS =
      """
      length,width,species
      5.1,3.5,setosa
      7, 3.2 ,versicolor

      6.3,3.3,"virginica, or so"
      -4.9e0,3,setosa
      """;

  @TempDir private Path folder;

  private CsvTable table(String text) throws IOException {
    return CsvTable.read(Files.writeString(folder.resolve("table.csv"), text));
  }

  private String refusal(String text) {
    String message = assertThrows(DataException.class, () -> table(text)).getMessage();
    return withoutPath(message);
  }

  private String withoutPath(String message) {
    String start = folder.resolve("table.csv") + ": ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  @Test
  void readsADatasetForClassification() throws IOException {
    CsvTable table = table(IRIS);
    Dataset data = table.classification("species");

    assertEquals(List.of("length", "width", "species"), table.columns());
    assertEquals(4, table.size());
    assertEquals(List.of("setosa", "versicolor", "virginica, or so"), table.classes("species"));
    assertEquals(Shape.of(4, 2), data.x().shape());
    assertArrayEquals(
        new float[] {5.1f, 3.5f, 7, 3.2f, 6.3f, 3.3f, -4.9f, 3}, data.x().toFloatArray());
    assertArrayEquals(new int[] {0, 1, 2, 0}, data.y().toIntArray());
  }

  @Test
  void readsADatasetForRegression() throws IOException {
    Dataset data = table("y,a,b\n1,2,3\n4,5,6\n").regression("y");

    assertArrayEquals(new float[] {2, 3, 5, 6}, data.x().toFloatArray());
    assertEquals(Shape.of(2, 1), data.y().shape());
    assertArrayEquals(new float[] {1, 4}, data.y().toFloatArray());
  }

  @Test
  void picksColumnsInAnyOrder() throws IOException {
    assertArrayEquals(
        new float[] {3, 1, 6, 4},
        table("a,b,c\n1,2,3\n4,5,6\n").numbers(List.of("c", "a")).toFloatArray());
  }

  @Test
  void numbersAreClassesByValueOthersByName() throws IOException {
    assertEquals(List.of("2", "10"), table("k\n10\n2\n10\n").classes("k"));
    assertEquals(List.of("10", "2", "x"), table("k\n10\n2\nx\n").classes("k"));
    assertArrayEquals(new int[] {1, 0, 1}, table("k\n10\n2\n10\n").labels("k").toIntArray());
  }

  @Test
  void quotesMayHoldCommasQuotesAndLines() throws IOException {
    CsvTable table = table("\"a,b\",\"say \"\"c\"\"\"\r\n\"1\n2\",\r\n");

    assertEquals(List.of("a,b", "say \"c\""), table.columns());
    assertEquals(List.of(List.of("1\n2", "")), table.rows());
  }

  @Test
  void aByteOrderMarkDoesNotCount() throws IOException {
    for (String header : List.of("a,b", "\"a\",b", "\"a\",\"b\"", " a , b ")) {
      assertEquals(List.of("a", "b"), table("\ufeff" + header + "\r\n1,2\r\n").columns());
    }
    assertEquals("has no header", refusal("\ufeff"));
    assertEquals("two columns are called \"a\"", refusal("\ufeff\"a\",a\n"));
  }

  @Test
  void refusesWhatIsNoTable() {
    assertEquals("has no header", refusal(""));
    assertEquals("two columns are called \"a\"", refusal("a,b,a\n"));
    assertEquals("row 2 has 1 cells, the header has 2", refusal("a,b\n1,2\n3\n"));
    assertEquals("row 1 has 3 cells, the header has 2", refusal("a,b\n1,2,3\n"));
    assertTrue(refusal("a,b\n1,\"2\n").startsWith("cannot be read: "));
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(file, "é\n1\n".getBytes(StandardCharsets.ISO_8859_1));
    String message = assertThrows(DataException.class, () -> CsvTable.read(file)).getMessage();
    assertEquals("is not text in UTF-8; save it in that encoding", withoutPath(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void refusesOtherEncodings(String encoding) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(file, "a,b\n1,2\n".getBytes(Charset.forName(encoding)));
    String message = assertThrows(DataException.class, () -> CsvTable.read(file)).getMessage();
    assertEquals("is not text in UTF-8; save it in that encoding", withoutPath(message));
  }

  @Test
  void refusesWhatIsNoNumberOrColumn() throws IOException {
    CsvTable table = table("a,b\n1,x\n,NaN\n1e99,2\n");
    assertEquals(
        "row 1, column \"b\": \"x\" is not a finite float32",
        withoutPath(
            assertThrows(DataException.class, () -> table.numbers(List.of("b"))).getMessage()));
    assertEquals(
        "row 2, column \"a\": \"\" is not a finite float32",
        withoutPath(
            assertThrows(DataException.class, () -> table.numbers(List.of("a"))).getMessage()));
    assertEquals(
        "has no column \"c\", only [a, b]",
        withoutPath(
            assertThrows(DataException.class, () -> table.classification("c")).getMessage()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "inf",
        "1e99",
        "1d",
        "2f",
        "3F",
        "4D",
        "0x1p3",
        "0x10",
        "1e",
        "e5",
        ".",
        "-",
        "1_000",
        "1 000",
        "--1",
        "1.2.3",
        "٣",
        "1L"
      })
  void refusesWhatOtherNotationsHave(String number) throws IOException {
    CsvTable table = table("a\n" + number + "\n");
    assertEquals(
        "row 1, column \"a\": \"" + number + "\" is not a finite float32",
        withoutPath(
            assertThrows(DataException.class, () -> table.numbers(List.of("a"))).getMessage()));
  }

  @Test
  void numbersMayHaveSignsPointsAndExponents() throws IOException {
    CsvTable table = table("a\n1\n-2.\n+.5\n1E2\n3e-1\n-0\n\" 7 \"\n");
    assertArrayEquals(
        new float[] {1, -2, 0.5f, 100, 0.3f, -0f, 7}, table.numbers(List.of("a")).toFloatArray());
  }

  @Test
  void linesMayEndInEveryWayAndBeEmpty() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      CsvTable table = table(String.join(end, "a,b", "", "1,2", "   ", "3,4", "", ""));
      assertEquals(List.of(List.of("1", "2"), List.of("3", "4")), table.rows());
    }
  }

  @Test
  void refusesToMakeADatasetOfNothing() throws IOException {
    CsvTable table = table("a,b\n");
    assertEquals(
        "has a header but no row",
        withoutPath(
            assertThrows(DataException.class, () -> table.classification("a")).getMessage()));
    assertThrows(DataException.class, () -> table.regression("a"));
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path missing = folder.resolve("missing.csv");
    assertEquals(
        missing + ": there is no such file",
        assertThrows(DataException.class, () -> CsvTable.read(missing)).getMessage());
  }
}
