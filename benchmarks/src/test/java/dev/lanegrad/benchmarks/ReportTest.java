package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final List<Figures> FIGURES =
      List.of(
          new Figures(
              new Row(Operation.MATMUL, DType.FLOAT64, 256), 1e7, 1.25e6, 8, 7.5, 12.4, 0.5, 99.6),
          new Figures(
              new Row(Operation.MLP_STEP, DType.FLOAT32, 100),
              1_234_567,
              12_345,
              100,
              99,
              101,
              Double.NaN,
              Double.NaN));

  @Test
  void theTableHasALineForEachRow() {
    assertEquals(
        """
        | operation | dtype | size | scalar | vector | speed-up | launches | of ceiling |
        |---|---|---|--:|--:|--:|--:|--:|
        | matmul | float64 | 256 x 256 | 10,000 us | 1,250 us | 8.0 | 7.5 to 12 | \
        50 % of 100 GFLOP/s |
        | mlp step | float32 | batch 100 | 1,235 us | 12.3 us | 100 | 99 to 101 |  |
        """,
        Report.markdown(FIGURES));
  }

  @Test
  void timesHaveThreeDigits() {
    assertEquals("0.25 us", Report.time(250));
    assertEquals("9.99 us", Report.time(9_990));
    assertEquals("10.0 us", Report.time(10_000));
    assertEquals("123 us", Report.time(123_400));
  }

  @Test
  void jsonHasAllFigures() {
    Machine machine = new Machine("a \"fast\" one", 2, "25", 16);
    assertEquals(
        """
        {"processor":"a \\"fast\\" one","cores":2,"java":"25","lanes":16,"rows":[
        {"operation":"matmul","dtype":"float64","size":256,"scalar_ns":1.0E7,\
        "vector_ns":1250000.0,"speedup":8.0,"lowest":7.5,"highest":12.4,"of_ceiling":0.5,\
        "ceiling":99.6},
        {"operation":"mlp step","dtype":"float32","size":100,"scalar_ns":1234567.0,\
        "vector_ns":12345.0,"speedup":100.0,"lowest":99.0,"highest":101.0,"of_ceiling":null,\
        "ceiling":null}
        ]}
        """,
        Report.json(machine, FIGURES));
  }
}
