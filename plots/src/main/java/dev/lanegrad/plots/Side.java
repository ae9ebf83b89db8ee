package dev.lanegrad.plots;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * How numbers lie along one side of a chart.
 *
 * @param scale null on a logarithmic axis
 */
record Side(@Nullable Scale scale) {
  /** Up to so many equal steps may each have a tick. */
  private static final int FEW = 12;

  static Side ofX(AxesChartStyler style, Axis axis, double[] values) {
    DoubleSummaryStatistics range = Arrays.stream(values).summaryStatistics();
    if (axis.isLogarithmic()) {
      style.setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(isDecade(range));
      return new Side(null);
    }
    Scale scale = Scale.of(range.getMin(), range.getMax());
    style.setXAxisTickLabelsFormattingFunction(scale::label);
    if (values.length > FEW && range.getMin() < range.getMax()) {
      style.setXAxisMin(unevenStart(scale, range));
    }
    return new Side(scale);
  }

  static Side ofY(AxesChartStyler style, Axis axis, double[] values) {
    DoubleSummaryStatistics range = Arrays.stream(values).summaryStatistics();
    if (axis.isLogarithmic()) {
      style.setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(isDecade(range));
      return new Side(null);
    }
    Scale scale = Scale.of(range.getMin(), range.getMax());
    style.setYAxisTickLabelsFormattingFunction(scale::label);
    if (values.length > FEW && range.getMin() < range.getMax()) {
      style.setYAxisMin(unevenStart(scale, range));
    }
    return new Side(scale);
  }

  /** Of bars, which begin at 0. */
  static Side fromZero(AxesChartStyler style, double[] heights) {
    DoubleSummaryStatistics range = Arrays.stream(heights).summaryStatistics();
    Scale scale = Scale.of(Math.min(0, range.getMin()), Math.max(0, range.getMax()));
    style.setYAxisTickLabelsFormattingFunction(scale::label);
    return new Side(scale);
  }

  /** XChart labels every so many of equal steps, as 1, 13, 25 and so on, unless one is shorter. */
  private static double unevenStart(Scale scale, DoubleSummaryStatistics range) {
    double low = scale.place(range.getMin());
    return low - (scale.place(range.getMax()) - low) / (3 * range.getCount());
  }

  /** Otherwise hardly a power of ten would be there to be labelled. */
  private static boolean isDecade(DoubleSummaryStatistics range) {
    return range.getMax() / range.getMin() >= 10;
  }

  double place(double value) {
    return scale == null ? value : scale.place(value);
  }

  double[] places(double[] values) {
    return scale == null ? values : scale.places(values);
  }
}
