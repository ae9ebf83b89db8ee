package dev.lanegrad.layers;

import static dev.lanegrad.layers.Refusal.zeros;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.loss.BCELoss;
import dev.lanegrad.layers.loss.BCEWithLogitsLoss;
import dev.lanegrad.layers.loss.CosineEmbeddingLoss;
import dev.lanegrad.layers.loss.CrossEntropyLoss;
import dev.lanegrad.layers.loss.HingeLoss;
import dev.lanegrad.layers.loss.HuberLoss;
import dev.lanegrad.layers.loss.KLDivLoss;
import dev.lanegrad.layers.loss.L1Loss;
import dev.lanegrad.layers.loss.LossReduction;
import dev.lanegrad.layers.loss.MSELoss;
import dev.lanegrad.layers.loss.MultiMarginLoss;
import dev.lanegrad.layers.loss.NLLLoss;
import dev.lanegrad.layers.loss.PoissonNLLLoss;
import dev.lanegrad.layers.loss.SmoothL1Loss;
import dev.lanegrad.layers.loss.TripletMarginLoss;
import java.util.ArrayList;
import java.util.List;

/** What losses refuse to be made with and to be given. */
final class LossRefusals {
  static final List<Refusal> ALL = new ArrayList<>();

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static {
    refused(
        HuberLoss.class,
        "huber: delta must be finite and more than 0",
        () -> new HuberLoss().delta(0));
    refused(
        HuberLoss.class,
        "huber: delta must be finite and more than 0, not Infinity (where it is infinite",
        () -> Losses.huber(zeros(2), zeros(2), INFINITY));
    refused(
        SmoothL1Loss.class,
        "smoothL1: beta must be finite and at least 0, not -1.0",
        () -> Losses.smoothL1(zeros(2), zeros(2), -1));
    refused(
        BCEWithLogitsLoss.class,
        "binaryCrossEntropyWithLogits: the weight of positive targets must be finite and at least"
            + " 0",
        () -> new BCEWithLogitsLoss().positiveWeight(-1));
    refused(
        HingeLoss.class,
        "hinge: margin must be finite and at least 0, not NaN",
        () -> new HingeLoss().margin(Double.NaN));
    refused(
        PoissonNLLLoss.class,
        "poissonNegativeLogLikelihood: eps must be finite and at least 0, not -1.0E-8",
        () -> new PoissonNLLLoss(false, false, -1e-8, LossReduction.MEAN));
    refused(
        MultiMarginLoss.class,
        "multiMargin: power must be 1 or 2, not 3",
        () -> new MultiMarginLoss().power(3));
    refused(
        MultiMarginLoss.class,
        "multiMargin: margin must be finite and at least 0, not -1.0",
        () -> new MultiMarginLoss().margin(-1));
    refused(
        MultiMarginLoss.class,
        "multiMargin: takes weights [classes], not float32[2, 2]",
        () -> new MultiMarginLoss().weights(zeros(2, 2)));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: label smoothing NaN is not in [0, 1]",
        () -> new CrossEntropyLoss().labelSmoothing(Double.NaN));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: each weight must be finite and at least 0, not -1.0",
        () -> new CrossEntropyLoss().weights(Tensor.of(1.0, -1.0)));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: ignoreLabel 1 is for int32 labels, not for probabilities float32[2, 3]",
        () -> new CrossEntropyLoss().ignoreLabel(1).of(zeros(2, 3), zeros(2, 3)));
    refused(
        NLLLoss.class,
        "negativeLogLikelihood: each weight must be finite and at least 0, not NaN",
        () -> new NLLLoss().weights(Tensor.of(Double.NaN)));
    refused(
        CosineEmbeddingLoss.class,
        "cosineEmbedding: the margin is a cosine from -1 to 1, not 1.5",
        () -> new CosineEmbeddingLoss().margin(1.5));
    refused(
        CosineEmbeddingLoss.class,
        "cosineEmbedding: targets must be 1 or -1, not 0.0 as at [0] of float32[2]",
        () -> Losses.cosineEmbedding(zeros(2, 3), zeros(2, 3), Tensor.ofInts(0, 1)));
    refused(
        TripletMarginLoss.class,
        "tripletMargin: margin must be finite and at least 0, not -1.0",
        () -> new TripletMarginLoss().margin(-1));
    refused(
        TripletMarginLoss.class,
        "tripletMargin: the order of the norm must be more than 0, not 0.0",
        () -> new TripletMarginLoss().norm(0));
    Tensor ignored = Tensor.ofInts(1, 1);
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: the mean of nothing: no element of float32[2] counts; leave the batch out",
        () -> new CrossEntropyLoss().ignoreLabel(1).of(zeros(2, 3), ignored));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: the mean of nothing: no element of float32[2, 3] counts",
        () -> new CrossEntropyLoss().ignoreLabel(1).labelSmoothing(0.1).of(zeros(2, 3), ignored));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: the mean of nothing: no element of float32[2] counts",
        () -> new CrossEntropyLoss().weights(Tensor.of(1F, 0, 1)).of(zeros(2, 3), ignored));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: the mean of nothing: no element of float32[0] counts",
        () -> Losses.crossEntropy(zeros(0, 3), Tensor.ofInts()));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: the mean of nothing: no element of float32[0, 3] counts",
        () -> Losses.crossEntropy(zeros(0, 3), zeros(0, 3)));
    refused(
        NLLLoss.class,
        "negativeLogLikelihood: the mean of nothing: no element of float32[2] counts",
        () -> new NLLLoss().ignoreLabel(1).of(zeros(2, 3), ignored));
    refused(
        MultiMarginLoss.class,
        "multiMargin: the mean of nothing: no element of float32[0, 3] counts",
        () -> Losses.multiMargin(zeros(0, 3), Tensor.ofInts()));
    Tensor none = zeros(0, 2);
    String reason = ": the mean of nothing: no element of float32[0, 2] counts";
    refused(BCELoss.class, "binaryCrossEntropy" + reason, () -> new BCELoss().of(none, none));
    refused(
        BCEWithLogitsLoss.class,
        "binaryCrossEntropyWithLogits" + reason,
        () -> new BCEWithLogitsLoss().of(none, none));
    refused(HingeLoss.class, "hinge" + reason, () -> new HingeLoss().of(none, none));
    refused(HuberLoss.class, "huber" + reason, () -> new HuberLoss().of(none, none));
    refused(KLDivLoss.class, "klDivergence" + reason, () -> new KLDivLoss().of(none, none));
    refused(L1Loss.class, "meanAbsoluteError" + reason, () -> new L1Loss().of(none, none));
    refused(MSELoss.class, "meanSquaredError" + reason, () -> new MSELoss().of(none, none));
    refused(
        PoissonNLLLoss.class,
        "poissonNegativeLogLikelihood" + reason,
        () -> new PoissonNLLLoss().of(none, none));
    refused(SmoothL1Loss.class, "smoothL1" + reason, () -> new SmoothL1Loss().of(none, none));
    refused(
        CosineEmbeddingLoss.class,
        "cosineEmbedding: the mean of nothing: no element of float32[0] counts",
        () -> Losses.cosineEmbedding(zeros(0, 3), zeros(0, 3), zeros(0)));
    refused(
        TripletMarginLoss.class,
        "tripletMargin: the mean of nothing: no element of float32[0] counts",
        () -> Losses.tripletMargin(zeros(0, 3), zeros(0, 3), zeros(0, 3)));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: label 3 is none of the 3 classes of logits [2, 3] (0 to 2)",
        () -> Losses.crossEntropy(zeros(2, 3), Tensor.ofInts(0, 3)));
    refused(
        CrossEntropyLoss.class,
        "crossEntropy: labels must be int32, not float32[2]: cast(DType.INT32)",
        () -> Losses.crossEntropy(zeros(2, 3), zeros(2)));
  }

  private LossRefusals() {}

  private static void refused(Class<?> type, String message, Runnable call) {
    ALL.add(new Refusal(type, message, call));
  }
}
