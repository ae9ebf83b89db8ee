package dev.lanegrad.layers.loss;

import static dev.lanegrad.layers.loss.LossSample.elementwise;
import static dev.lanegrad.layers.loss.LossSample.normal;
import static dev.lanegrad.layers.loss.LossSample.ofExamples;
import static dev.lanegrad.layers.loss.LossSample.uniform;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;

/** One sample or more of every loss, against closed forms. */
final class LossSamples {
  private static final Tensor X = normal(3, 4);
  private static final Tensor Y = normal(4, 3).reshape(3, 4);
  private static final Tensor P = uniform(0.05, 0.95, 3, 4);
  private static final Tensor T = uniform(0, 1, 4, 3).reshape(3, 4);
  private static final Tensor SIGNS =
      Tensor.of(new double[][] {{1, -1, 1, -1}, {-1, -1, 1, 1}, {1, 1, 1, -1}});
  private static final Tensor COUNTS =
      Tensor.of(new double[][] {{0, 1, 2, 3}, {5, 0, 1, 7}, {2, 2, 4, 0}});
  private static final Tensor LABELS = Tensor.ofInts(2, 0, 3);
  private static final double[] WEIGHTS = {0.5, 2, 1, 3};
  private static final Tensor CLASS_WEIGHTS = Tensor.of(WEIGHTS);

  /** Distributions over four classes. */
  private static final Tensor DISTRIBUTIONS = Y.softmax(-1);

  static final List<LossSample> ALL =
      List.of(
          elementwise("", r -> new MSELoss().reduction(r), X, Y, (x, t) -> (x - t) * (x - t)),
          elementwise("", r -> new L1Loss().reduction(r), X, Y, (x, t) -> Math.abs(x - t)),
          elementwise("", r -> new HuberLoss().reduction(r), X, Y, (x, t) -> huber(x - t, 1)),
          elementwise(
              "with a delta",
              r -> new HuberLoss().delta(0.6).reduction(r),
              X,
              Y,
              (x, t) -> huber(x - t, 0.6)),
          elementwise("", r -> new SmoothL1Loss().reduction(r), X, Y, (x, t) -> huber(x - t, 1)),
          elementwise(
              "with a beta",
              r -> new SmoothL1Loss().beta(0.6).reduction(r),
              X,
              Y,
              (x, t) -> huber(x - t, 0.6) / 0.6),
          elementwise(
              "with beta 0",
              r -> new SmoothL1Loss().beta(0).reduction(r),
              X,
              Y,
              (x, t) -> Math.abs(x - t)),
          elementwise(
              "",
              r -> new BCELoss().reduction(r),
              P,
              T,
              (p, t) -> -(t * Math.log(p) + (1 - t) * Math.log(1 - p))),
          elementwise(
              "",
              r -> new BCEWithLogitsLoss().reduction(r),
              X,
              T,
              (x, t) -> t * softplus(-x) + (1 - t) * softplus(x)),
          elementwise(
              "weighted",
              r -> new BCEWithLogitsLoss().positiveWeight(2.5).reduction(r),
              X,
              T,
              (x, t) -> 2.5 * t * softplus(-x) + (1 - t) * softplus(x)),
          elementwise(
              "", r -> new HingeLoss().reduction(r), X, SIGNS, (x, t) -> Math.max(0, 1 - t * x)),
          elementwise(
              "with a margin",
              r -> new HingeLoss().margin(0.3).reduction(r),
              X,
              SIGNS,
              (x, t) -> Math.max(0, 0.3 - t * x)),
          elementwise(
              "",
              r -> new KLDivLoss().reduction(r),
              X.logSoftmax(-1),
              DISTRIBUTIONS,
              (x, t) -> t * (Math.log(t) - x)),
          elementwise(
              "of logarithms",
              r -> new KLDivLoss().logTarget(true).reduction(r),
              X.logSoftmax(-1),
              Y.logSoftmax(-1),
              (x, t) -> Math.exp(t) * (t - x)),
          elementwise(
              "", r -> new PoissonNLLLoss().reduction(r), X, COUNTS, (x, t) -> Math.exp(x) - t * x),
          elementwise(
              "of rates",
              r -> new PoissonNLLLoss().logInput(false).reduction(r),
              P,
              COUNTS,
              (x, t) -> x - t * Math.log(x + 1e-8)),
          elementwise(
              "in full",
              r -> new PoissonNLLLoss().full(true).reduction(r),
              X,
              COUNTS.add(0.25),
              (x, t) -> Math.exp(x) - t * x + (t > 1 ? stirling(t) : 0)),
          ofExamples(
              "",
              r -> new CrossEntropyLoss().reduction(r),
              X,
              LABELS,
              row -> -logSoftmax(row[0])[(int) row[1][0]]),
          ofExamples(
                  "weighted",
                  r -> new CrossEntropyLoss().weights(CLASS_WEIGHTS).reduction(r),
                  X,
                  LABELS,
                  row -> -WEIGHTS[(int) row[1][0]] * logSoftmax(row[0])[(int) row[1][0]])
              .dividedBy(1 + 0.5 + 3),
          ofExamples(
                  "weighted, smoothed, with an ignored label",
                  r ->
                      new CrossEntropyLoss()
                          .weights(CLASS_WEIGHTS)
                          .labelSmoothing(0.2)
                          .ignoreLabel(0)
                          .reduction(r),
                  X,
                  LABELS,
                  row -> row[1][0] == 0 ? 0 : smoothed(row[0], hot((int) row[1][0]), 0.2))
              .dividedBy(1 + 3),
          ofExamples(
                  "with an ignored label",
                  r -> new CrossEntropyLoss().ignoreLabel(-100).reduction(r),
                  X,
                  Tensor.ofInts(2, -100, 3),
                  row -> row[1][0] < 0 ? 0 : -logSoftmax(row[0])[(int) row[1][0]])
              .dividedBy(2),
          ofExamples(
              "of distributions",
              r -> new CrossEntropyLoss().reduction(r),
              X,
              DISTRIBUTIONS,
              row -> product(row[1], logSoftmax(row[0]))),
          ofExamples(
              "of distributions, weighted and smoothed",
              r -> new CrossEntropyLoss().weights(CLASS_WEIGHTS).labelSmoothing(0.3).reduction(r),
              X,
              DISTRIBUTIONS,
              row -> smoothed(row[0], row[1], 0.3)),
          ofExamples(
              "",
              r -> new NLLLoss().reduction(r),
              X.logSoftmax(-1),
              LABELS,
              row -> -row[0][(int) row[1][0]]),
          ofExamples(
                  "weighted, with an ignored label",
                  r -> new NLLLoss().weights(CLASS_WEIGHTS).ignoreLabel(9).reduction(r),
                  X,
                  Tensor.ofInts(1, 9, 3),
                  row -> row[1][0] == 9 ? 0 : -WEIGHTS[(int) row[1][0]] * row[0][(int) row[1][0]])
              .dividedBy(2 + 3),
          ofExamples(
              "",
              r -> new MultiMarginLoss().reduction(r),
              X,
              LABELS,
              row -> multiMargin(row[0], (int) row[1][0], 1, 1)),
          ofExamples(
              "squared and weighted",
              r -> new MultiMarginLoss().power(2).margin(0.7).weights(CLASS_WEIGHTS).reduction(r),
              X,
              LABELS,
              row -> WEIGHTS[(int) row[1][0]] * multiMargin(row[0], (int) row[1][0], 2, 0.7)),
          ofExamples(
              "",
              CosineEmbeddingLoss.class,
              r -> in -> new CosineEmbeddingLoss().reduction(r).of(in.get(0), in.get(1), in.get(2)),
              row ->
                  row[2][0] > 0 ? 1 - cosine(row[0], row[1]) : Math.max(0, cosine(row[0], row[1])),
              X,
              Y,
              Tensor.of(1.0, -1.0, 1.0).cast(dev.lanegrad.autodiff.DType.INT32)),
          ofExamples(
              "with a margin",
              CosineEmbeddingLoss.class,
              r ->
                  in ->
                      new CosineEmbeddingLoss()
                          .margin(-0.9)
                          .reduction(r)
                          .of(in.get(0), in.get(1), in.get(2)),
              row ->
                  row[2][0] > 0
                      ? 1 - cosine(row[0], row[1])
                      : Math.max(0, cosine(row[0], row[1]) + 0.9),
              X,
              Y,
              Tensor.ofInts(-1, -1, 1)),
          ofExamples(
              "",
              TripletMarginLoss.class,
              r -> in -> new TripletMarginLoss().reduction(r).of(in.get(0), in.get(1), in.get(2)),
              row -> Math.max(0, distance(row[0], row[1], 2) - distance(row[0], row[2], 2) + 1),
              X,
              Y,
              P),
          ofExamples(
              "swapped, in another norm",
              TripletMarginLoss.class,
              r ->
                  in ->
                      new TripletMarginLoss()
                          .margin(2)
                          .norm(3)
                          .swap(true)
                          .reduction(r)
                          .of(in.get(0), in.get(1), in.get(2)),
              row ->
                  Math.max(
                      0,
                      distance(row[0], row[1], 3)
                          - Math.min(distance(row[0], row[2], 3), distance(row[1], row[2], 3))
                          + 2),
              X,
              Y,
              P));

  private LossSamples() {}

  private static double huber(double error, double delta) {
    double size = Math.abs(error);
    return size <= delta ? error * error / 2 : delta * (size - delta / 2);
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static double stirling(double t) {
    return t * Math.log(t) - t + Math.log(2 * Math.PI * t) / 2;
  }

  private static double[] logSoftmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(v -> v - Math.log(sum)).toArray();
  }

  private static double[] hot(int label) {
    double[] hot = new double[4];
    hot[label] = 1;
    return hot;
  }

  private static double product(double[] t, double[] logarithms) {
    double sum = 0;
    for (int c = 0; c < t.length; c++) {
      sum -= t[c] * logarithms[c];
    }
    return sum;
  }

  private static double smoothed(double[] logits, double[] t, double part) {
    double[] mixed = new double[t.length];
    Arrays.setAll(mixed, c -> WEIGHTS[c] * ((1 - part) * t[c] + part / t.length));
    return product(mixed, logSoftmax(logits));
  }

  private static double multiMargin(double[] x, int label, int power, double margin) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      if (c != label) {
        sum += Math.pow(Math.max(0, margin - x[label] + x[c]), power);
      }
    }
    return sum / x.length;
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      lengthA += a[i] * a[i];
      lengthB += b[i] * b[i];
    }
    return product / Math.sqrt((lengthA + 1e-12) * (lengthB + 1e-12));
  }

  private static double distance(double[] a, double[] b, double p) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(Math.abs(a[i] - b[i] + 1e-6), p);
    }
    return Math.pow(sum, 1 / p);
  }
}
