package dev.lanegrad.examples.lectures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final List<Part> PARTS = List.of(part("L1", 11), part("L2", 2), part("L3", 0));

  private static Part part(String id, int count) {
    return new Part(
        id,
        "Part " + id,
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new Lecture(id + "." + i, "The nail " + i, "one line", notebook -> {}))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "L2.1, L2.1",
    "l2.1, L2.1",
    "' L2.2 ', L2.2",
    "L1.1, L1.1",
    "L2, L2.1 L2.2",
    "l2, L2.1 L2.2",
    "L2.2 L1.3 L2.2, L1.3 L2.2",
    "L2 L2.1, L2.1 L2.2",
  })
  void idsAndPartsAreFoundInCapitalsOrNot(String asked, String found) {
    List<String> words = asked.startsWith(" ") ? List.of(asked) : List.of(asked.split(" ", -1));
    List<String> ids =
        Selection.of(PARTS, words).stream()
            .flatMap(part -> part.lectures().stream())
            .map(Lecture::id)
            .toList();
    assertEquals(List.of(found.split(" ", -1)), ids);
  }

  @Test
  void allAreAllPartsThatHaveSome() {
    assertEquals(PARTS.subList(0, 2), Selection.of(PARTS, List.of("All")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          L2.3    | there is no lecture "L2.3"; there is L1.3, L2.1, L2.2; ./run lectures lists them
          L2.     | there is no lecture "L2."; there is L2, L2.1, L2.2; ./run lectures lists them
          2.1     | there is no lecture "2.1"; there is L2.1; ./run lectures lists them
          L4      | there is no lecture "L4"; there is L1, L2, L3; ./run lectures lists them
          nail 11 | there is no lecture "nail 11"; there is L1.11; ./run lectures lists them
          nail    | there is no lecture "nail"; there is L1.1, L1.2, L1.3, L1.4, L1.5, L1.6; \
          ./run lectures lists them
          backpropagation | there is no lecture "backpropagation"; ./run lectures lists them
          """)
  void whatIsNotThereIsRefusedWithWhatIsNear(String asked, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Selection.of(PARTS, List.of("L1", asked)));
    assertEquals(message, e.getMessage());
  }
}
