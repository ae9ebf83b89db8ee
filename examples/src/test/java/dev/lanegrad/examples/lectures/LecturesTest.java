package dev.lanegrad.examples.lectures;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of what the lectures have, against what runs here. */
class LecturesTest {
  private static Stream<String> ids() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(LecturesTest.class.getResourceAsStream("lectures.txt"))) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.substring(0, line.indexOf(' ')));
    }
  }

  @Test
  void everySystemOfTheLecturesIsHereInOrder() throws IOException {
    assertEquals(ids().toList(), Lectures.all().stream().map(Lecture::id).toList());
  }

  @Test
  void eachStandsInItsPartWithATitleAndALine() {
    for (Part part : Lectures.parts()) {
      for (Lecture lecture : part.lectures()) {
        assertEquals(part.id(), lecture.id().substring(0, 2));
        for (String text : List.of(lecture.title(), lecture.summary())) {
          assertFalse(text.isBlank() || text.contains("\n"), lecture::id);
        }
      }
    }
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("ids")
  void eachSaysSomethingAndItsClaimsHold(String id) {
    assertDoesNotThrow(() -> RecordedNotebook.of(id));
  }
}
