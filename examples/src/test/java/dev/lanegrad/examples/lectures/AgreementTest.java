package dev.lanegrad.examples.lectures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.298     | 0.298371109    | agrees
          0.294     | 0.2939999      | agrees
          -0.29447  | -0.294473023   | agrees
          −0.4207   | -0.4206757     | agrees
          0.358     | 0.358916480    | agrees, cut off
          -0.294    | -0.29489       | agrees, cut off
          161,051   | 161051         | agrees
          471       | 471.0          | agrees
          32 %      | 31.6           | agrees
          68%       | 63.5           | differs by -4.5
          0.74      | 0.7501         | differs by +0.01
          2.17      | 2.162004       | differs by -0.008
          161,501   | 161051         | differs by -450
          1.2e5     | 123456         | agrees
          at most 3 | 3              | ''
          3         | NaN            | ''
          3         | Infinity       | ''
          """)
  void numbersAreComparedToTheDigitsPrinted(String lecture, double here, String words) {
    assertEquals(words, Agreement.of(lecture, here).words());
  }
}
