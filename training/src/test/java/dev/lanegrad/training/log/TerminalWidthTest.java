package dev.lanegrad.training.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What stty says, and what is taken where it says nothing. */
class TerminalWidthTest {
  @Test
  void readsTheSecondNumber() {
    assertEquals(132, TerminalWidth.columns("24 132\n"));
    assertEquals(80, TerminalWidth.columns(""));
    assertEquals(80, TerminalWidth.columns("0 0\n"));
    assertEquals(80, TerminalWidth.columns("stty: standard input: not a terminal"));
  }
}
