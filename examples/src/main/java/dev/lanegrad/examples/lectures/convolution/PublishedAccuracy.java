package dev.lanegrad.examples.lectures.convolution;

import java.util.List;

/**
 * A model and its test accuracies in percent as published.
 *
 * @param parameters how many the lecture gives it
 * @param ordered in the README of the data set
 * @param shuffled there, with the positions shuffled
 * @param ofNotebook what the notebook of the repository stores
 * @param ofNotebookShuffled there, with the positions shuffled
 */
record PublishedAccuracy(
    Mnist1dModel model,
    String title,
    String parameters,
    String ordered,
    String shuffled,
    double ofNotebook,
    double ofNotebookShuffled) {
  /** Logistic regression, MLP, CNN and GRU. */
  static final List<PublishedAccuracy> TABLE =
      List.of(
          new PublishedAccuracy(
              Mnist1dModel.LINEAR, "logistic regression", "410", "32", "32", 31.5, 31.5),
          new PublishedAccuracy(Mnist1dModel.MLP, "MLP", "15,210", "68", "68", 65.1, 66.0),
          new PublishedAccuracy(Mnist1dModel.CNN, "CNN", "5,210", "94", "56", 92.3, 58.7),
          new PublishedAccuracy(Mnist1dModel.GRU, "GRU", "5,134", "91", "57", 89.1, 53.3));
}
