package dev.lanegrad.examples.lectures.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.RecordedNotebook;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConvolutionLecturesTest {
  /** Whether a number is in a range that chance does not reach. */
  private static void assertBetween(double low, double high, double number) {
    assertTrue(low <= number && number <= high, () -> number + " from " + low + " to " + high);
  }

  @Tag("thorough")
  @Test
  void theLoopByHandIsTheTrainers() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.1");
    notebook.assertNumber("epochs", 30);
    notebook.assertNumber("mini-batches in an epoch", 24);
    notebook.assertNumber("steps", 720);
    notebook.assertNumber(
        "validation loss of the trainer", notebook.number("validation loss of the loop by hand"));
    notebook.assertClaimed(
        "the loop by hand and the trainer end with the same weights, to the bit",
        "the validation accuracy is above 90 %, from a third by chance",
        "shuffling is worth 20 points at least",
        "after 10 epochs, batches of 10 are 20 points ahead of all 600 examples at once");
    assertEquals(4, notebook.table("validation accuracy in % after 10 epochs").size());
    assertEquals(2, notebook.pictures().size());
  }

  @Tag("thorough")
  @Test
  void nineWaysToGeneraliseHaveTheirEffects() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.2");
    notebook.assertClaimed(
        "weight decay at least halves the test loss",
        "weight decay at least halves the sum of the squared weights",
        "the chosen network beats 2 hidden units on the test set",
        "the chosen network beats 400 hidden units on the test set",
        "sharing weights raises the accuracy by 15 points at least",
        "the ensemble is 3 points better than its members on average",
        "the ensemble is better than each of its members",
        "trained layers raise the accuracy with every seed",
        "they raise it by 5 points at least on average",
        "augmentation raises the accuracy by 15 points at least",
        "dropout takes a quarter of the test loss at least",
        "without it, the network has learned nothing: its loss is within 0.02 of ln 10",
        "with it, a fifth of the loss at least is gone",
        "stopping early takes a quarter of the test loss at least",
        "it stops before half of the epochs");
    notebook.assertNumber("parameters with shared weights", 12 * 26 + 4 * 13);
    notebook.assertNumber("parameters without sharing", 64 * 12 * 26 + 4 * 13);
    notebook.assertNumber("chosen hidden units", 50);
  }

  @Test
  void kernelsMoveOverTheImage() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.3");
    notebook.assertNumber("rows of the output of a 3x3 kernel on 7x7", 5);
    notebook.assertNumber("columns of it", 5);
    notebook.assertNumber("rows with a frame of one zero", 7);
    notebook.assertNumber("rows with steps of two", 3);
    notebook.assertNumber("sum of the weights of outline", 0);
    notebook.assertNumber("sum of the weights of blur", 1);
    notebook.assertNumber("sum of the weights of sharpen", 1);
    notebook.assertNumber("what outline makes of an even 0.5", 0);
    notebook.assertNumber("what blur makes of an even 0.5", 0.5);
    notebook.assertNumber("what sharpen makes of an even 0.5", 0.5);
    notebook.assertNumber("output channels of a layer of the three kernels", 3);
    notebook.assertNumber("parameters of a layer from 3 to 8 channels with 3x3 kernels", 224);
    notebook.assertClaimed(
        "two loops and the library agree to 1e-12",
        "blur takes contrast away, sharpen adds some",
        "each of them is what its kernel gives alone",
        "a 1x1 convolution is one linear layer at every pixel, to 1e-12",
        "it keeps height and width");
    assertEquals(6, notebook.pictures().size());
  }

  @Tag("thorough")
  @Test
  void aCnnHoldsWherePatternsWereNotSeen() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.4");
    notebook.assertClaimed(
        "the feature maps of moved pictures are the moved feature maps, to the bit",
        "where patterns were seen, both are right in 80 % at least",
        "the CNN holds where none was seen: 95 % at least",
        "the MLP does not: 45 % at most there");
    notebook.assertNumber("parameters of the MLP", 145 * 64 + 65 * 4);
    notebook.assertNumber("parameters of the CNN", 364);
  }

  @Tag("thorough")
  @Test
  void kernelsAreLearned() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.5");
    notebook.assertNumber("parameters", 9_226);
    assertBetween(0, 25, notebook.number("test accuracy in % before the training"));
    assertBetween(90, 100, notebook.number("test accuracy in % after it"));
    notebook.assertClaimed(
        "the network reads nine of ten new digits at least",
        "the first kernels moved by half of their length at least");
    assertEquals(5, notebook.pictures().size());
    assertEquals(1, notebook.drawings().size());
  }

  @Tag("thorough")
  @Test
  void eachOfTheFourArchitecturesLearns() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.6");
    notebook.assertClaimed(
        "each of the four learns: 40 % at least, from 10 % by chance",
        "each ends with three quarters of its first loss at most");
    for (String name : List.of("fully connected", "convolutional", "recurrent", "transformer")) {
      assertBetween(40, 100, notebook.number("test accuracy in %, " + name));
    }
  }

  @Tag("thorough")
  @Test
  void theTableOfMnist1dHasItsOrderAfterAThousandSteps() {
    RecordedNotebook notebook = RecordedNotebook.of("L5.7");
    notebook.assertNumber("logistic regression, parameters", 410);
    notebook.assertNumber("MLP, parameters", 15_210);
    notebook.assertNumber("CNN, parameters", 5_210);
    notebook.assertNumber("GRU, parameters", 5_134);
    notebook.assertNumber("logistic regression, test accuracy in %", 32, 1.5);
    notebook.assertNumber("logistic regression, shuffled", 32, 1.5);
    assertBetween(55, 70, notebook.number("MLP, test accuracy in %"));
    assertBetween(85, 95, notebook.number("CNN, test accuracy in %"));
    assertBetween(85, 95, notebook.number("GRU, test accuracy in %"));
    notebook.assertClaimed(
        "CNN and GRU are 20 points ahead of the MLP",
        "the MLP is 20 points ahead of the logistic regression",
        "shuffled positions change the logistic regression by 4 points at most",
        "shuffled positions change the MLP by 4 points at most",
        "shuffled positions cost the CNN 20 points at least",
        "shuffled positions cost the GRU 20 points at least");
  }

  @Test
  void modelsOfTheTableHaveItsParameters() {
    assertEquals(410, parameters(Mnist1dModel.LINEAR));
    assertEquals(15_210, parameters(Mnist1dModel.MLP));
    assertEquals(5_210, parameters(Mnist1dModel.CNN));
    assertEquals(5_134, parameters(Mnist1dModel.GRU));
  }

  private static long parameters(Mnist1dModel model) {
    return model.create(new SplittableRandom(1)).parameterCount();
  }
}
