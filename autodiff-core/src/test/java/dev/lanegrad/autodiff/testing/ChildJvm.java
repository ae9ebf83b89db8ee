package dev.lanegrad.autodiff.testing;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.OtherJvm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own, with the classes under test. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * What the program printed, errors included.
   *
   * @param options of the JVM
   */
  public static String run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    return new OtherJvm(options, List.of(Tensor.class, OtherJvm.class)).run(main, arguments);
  }
}
