package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In a language with other digits: figures are read by machines, and by people of all languages.
 */
class ReportTest {
  private static final Locale USUAL = Locale.getDefault();

  @BeforeAll
  static void speakArabic() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertEquals("\u0661", String.format(Locale.getDefault(), "%d", 1));
  }

  @AfterAll
  static void speakAsBefore() {
    Locale.setDefault(USUAL);
  }

  @Test
  void theTableOfKernelsHasALineForEachRow() {
    assertEquals(
        """
        | operation | dtype | size | scalar | vector | speed-up | launches | by the JIT alone \
        | of ceiling |
        |---|---|---|--:|--:|--:|--:|--:|--:|
        | matmul | float64 | 256 x 256 | 10,000 us | 1,250 us | 8.0 | 7.5 to 12 | 2.5 | \
        50 % of 100 GFLOP/s |
        | mlp step | float32 | batch 100 | 1,235 us | 12.3 us | 100 | 99 to 101 |  |  |
        """,
        Report.kernels(Examples.FIGURES));
  }

  @Test
  void theTableOfComparisonsSaysWhoIsFaster() {
    assertEquals(
        """
        A ratio is the other's time over Lanegrad's: above 1 Lanegrad is faster.

        | what | dtype | size | threads | Lanegrad | allocates | against | its time | ratio \
        | launches | wanted | reached |
        |---|---|---|--:|--:|--:|---|--:|--:|--:|--:|---|
        | step, row 2 | float32 | 40-10, batch 100 | 1 | 20.0 us | 2.0 KB | PyTorch | 110 us \
        | 5.50 | 5.00 to 6.00 | 5.00 | yes |
        | formula tanh | float32 | 4,096 | 1 | 1.00 us |  | written loop | 0.900 us \
        | 0.90 | 0.85 to 0.95 |  |  |

        Of 1 targets 1 are reached, and 0 missed by more than 15 %.

        1 formulas in float32, all hot in one process, against loops of the same programs: \
        median 0.90, lowest 0.90 (formula tanh).
        """,
        Report.comparisons(Examples.COMPARISONS));
  }

  @Test
  void theTableOfLayersSaysWhatTheyAdd() {
    assertEquals(
        """
        | layer | dtype | input | time | its operations by hand | the layer adds |
        |---|---|---|--:|--:|--:|
        | Linear | float32 | [4, 16] | 1.50 us | 1.25 us | +0.25 us |
        | ReLU | float32 | [4, 16] | 0.200 us | 0.210 us | -0.01 us |

        Most is added by Linear: +0.25 us a call.
        """,
        Report.layers(Examples.LAYERS));
  }

  @Test
  void theTableOfCheckoutsEndsWithTheGeometricMean() {
    assertEquals(
        """
        A ratio is the time in ../before over that here: above 1 this checkout is faster.

        | what | dtype | size | threads | here | there | ratio | launches |
        |---|---|---|--:|--:|--:|--:|--:|
        | exp | float32 | 4,096 | 1 | 1.00 us | 0.980 us | 0.980 | 0.970 to 0.990 |
        | log | float32 | 4,096 | 1 | 1.00 us | 1.02 us | 1.020 | 1.010 to 1.030 |

        Geometric mean of 2 ratios: 1.000, lowest 0.980 \
        (exp float32 4,096, threads 1, against ../before).

        The library in ../before cannot do: sin float32 4,096, threads 1, against ../before.
        """,
        Report.checkouts(Examples.CHECKOUTS));
  }

  @Test
  void timesHaveThreeDigits() {
    assertEquals("0.250 us", Report.time(250));
    assertEquals("9.99 us", Report.time(9_990));
    assertEquals("10.0 us", Report.time(10_000));
    assertEquals("123 us", Report.time(123_400));
  }

  @Test
  void theMachineNamesItsPeers() {
    assertEquals(
        "a \"fast\" one, 2 cores, Java 25, 16 floats in a vector; Peer 1.0",
        Examples.MACHINE.toString());
  }
}
