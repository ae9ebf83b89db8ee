package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.testing.Addresses;
import dev.lanegrad.testing.ExportedClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects that users see say what they are, by virtue of existing. */
class TextsTest {
  @Test
  void nothingPrintsAsAnAddress() throws Exception {
    assertEquals(
        List.of(),
        Addresses.printedBy(ExportedClasses.ofPackage("dev.lanegrad.plots", Curves.class)));
  }
}
