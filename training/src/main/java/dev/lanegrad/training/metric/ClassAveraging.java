package dev.lanegrad.training.metric;

import java.util.function.ToDoubleFunction;

/** How the numbers of single classes become one, as scikit-learn's {@code average}. */
public enum ClassAveraging {
  /** Of class 1 alone. */
  BINARY,

  /** Of all decisions together; precision, recall and F1 are then the accuracy. */
  MICRO,

  /** The mean over the classes that some example has or was taken for. */
  MACRO,

  /** The mean over classes, each as often as it has examples. */
  WEIGHTED;

  /**
   * Hits, and what they are measured by; 0 / 0 counts as 0.
   *
   * @param hits examples of a class that were taken for it
   * @param labelled examples of the class
   * @param taken examples taken for it
   */
  record Share(long hits, long labelled, long taken) {
    double precision() {
      return ratio(hits, taken);
    }

    double recall() {
      return ratio(hits, labelled);
    }

    /** 2 hits / (labelled + taken), the harmonic mean of precision and recall. */
    double f1() {
      return ratio(2 * hits, labelled + taken);
    }

    private static double ratio(long part, long whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }

  static Share share(ClassCounts counts, int label) {
    return label < counts.classes()
        ? new Share(counts.hits(label), counts.labelled(label), counts.taken(label))
        : new Share(0, 0, 0);
  }

  double of(ClassCounts counts, ToDoubleFunction<Share> measure) {
    long examples = counts.examples();
    return switch (this) {
      case BINARY -> measure.applyAsDouble(share(counts, 1));
      case MICRO -> measure.applyAsDouble(new Share(counts.hits(), examples, examples));
      case MACRO -> {
        double sum = 0;
        int present = 0;
        for (int label = 0; label < counts.classes(); label++) {
          Share share = share(counts, label);
          if (share.labelled + share.taken > 0) {
            sum += measure.applyAsDouble(share);
            present++;
          }
        }
        yield sum / present;
      }
      case WEIGHTED -> {
        double sum = 0;
        for (int label = 0; label < counts.classes(); label++) {
          Share share = share(counts, label);
          sum += share.labelled * measure.applyAsDouble(share);
        }
        yield sum / examples;
      }
    };
  }

  static double[] ofEach(ClassCounts counts, ToDoubleFunction<Share> measure) {
    double[] values = new double[counts.classes()];
    for (int label = 0; label < values.length; label++) {
      values[label] = measure.applyAsDouble(share(counts, label));
    }
    return values;
  }
}
