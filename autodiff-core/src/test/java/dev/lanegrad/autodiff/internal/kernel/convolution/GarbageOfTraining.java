package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.Autodiff;

/**
 * Prints how many bytes of garbage a step of a convolutional network makes at least, once all its
 * kernels are compiled. To be run in a heap in which nothing is collected meanwhile and that
 * threads do not take in portions.
 */
final class GarbageOfTraining {
  private static final int STEPS = 100;
  private static final int WANTED = 65_536;
  private static final int PATIENCE = 150;

  private GarbageOfTraining() {}

  public static void main(String[] arguments) {
    ConvolutionalTraining training = new ConvolutionalTraining();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < PATIENCE && least > WANTED; round++) {
      System.gc();
      long before = Runtime.getRuntime().freeMemory();
      for (int step = 0; step < STEPS; step++) {
        Autodiff.tidy(training::step);
      }
      least = Math.min(least, (before - Runtime.getRuntime().freeMemory()) / STEPS);
    }
    System.out.println("garbage " + least + " bytes a step");
  }
}
