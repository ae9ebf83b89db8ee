package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In a language with other digits: figures are read by machines, and by people of all languages.
 */
class JsonTest {
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
  void itHasAllFigures() {
    assertEquals(
        """
        {"processor":"a \\"fast\\" one","cores":2,"java":"25","lanes":16,"peers":["Peer 1.0"],
        "rows":[{"name":"matmul","dtype":"float64","shape":"256 x 256","scalar_ns":1.0E7,\
        "vector_ns":1250000.0,"speedup":8.0,"lowest":7.5,"highest":12.4,"jit":2.5,\
        "of_ceiling":0.5,"ceiling":99.6},
        {"name":"mlp step","dtype":"float32","shape":"batch 100","scalar_ns":1234567.0,\
        "vector_ns":12345.0,"speedup":100.0,"lowest":99.0,"highest":101.0,"jit":1.01,\
        "of_ceiling":null,"ceiling":null}],
        "layers":[{"name":"Linear","dtype":"float32","shape":"[4, 16]","ns":1500.0,\
        "by_hand_ns":1250.0,"added_ns":250.0},
        {"name":"ReLU","dtype":"float32","shape":"[4, 16]","ns":200.0,"by_hand_ns":210.0,\
        "added_ns":-10.0}],
        "comparisons":[{"name":"step, row 2","dtype":"float32","shape":"40-10, batch 100",\
        "threads":1,"ns":20000.0,"bytes":2048.0,"against":"PyTorch","other_ns":110000.0,\
        "target":5.0,"ratio":5.5,"lowest":5.0,"highest":6.0},
        {"name":"formula tanh","dtype":"float32","shape":"4,096","threads":1,"ns":1000.0,\
        "bytes":null,"against":"written loop","other_ns":900.0,"target":null,"ratio":0.9,\
        "lowest":0.85,"highest":0.95}],
        "against":{"folder":"../before","geometric_mean":%s,\
        "impossible":["sin float32 4,096, threads 1, against ../before"],
        "rows":[{"name":"exp","dtype":"float32","shape":"4,096","threads":1,"ns":1000.0,\
        "bytes":null,"against":"../before","other_ns":980.0,"target":null,"ratio":0.98,\
        "lowest":0.97,"highest":0.99},
        {"name":"log","dtype":"float32","shape":"4,096","threads":1,"ns":1000.0,\
        "bytes":null,"against":"../before","other_ns":1020.0,"target":null,"ratio":1.02,\
        "lowest":1.01,"highest":1.03}]}}
        """
            .formatted(Examples.CHECKOUTS.geometricMean()),
        Json.of(
            Examples.MACHINE,
            Examples.FIGURES,
            Examples.LAYERS,
            Examples.COMPARISONS,
            Examples.CHECKOUTS));
  }

  @Test
  void nothingMeasuredIsAnEmptyList() {
    assertEquals(
        """
        {"processor":"a \\"fast\\" one","cores":2,"java":"25","lanes":16,"peers":["Peer 1.0"],
        "rows":[],
        "layers":[],
        "comparisons":[],
        "against":null}
        """,
        Json.of(Examples.MACHINE, List.of(), List.of(), List.of(), null));
  }
}
