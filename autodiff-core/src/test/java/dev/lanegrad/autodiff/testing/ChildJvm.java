package dev.lanegrad.autodiff.testing;

import dev.lanegrad.autodiff.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a main class of the tests in a JVM of its own, for what is read once when a JVM starts. What
 * the build gives to the JVM of the tests, {@code -Dtest.jvm=-XX:UseAVX=2} say, this one gets too.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * What the program printed, errors included.
   *
   * @param options of the JVM
   */
  public static String run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(System.getProperty("test.jvm", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** Where the classes under test and the tests lie, however this JVM was told of them. */
  private static String classPath(Class<?> main) throws URISyntaxException {
    return location(Tensor.class) + System.getProperty("path.separator") + location(main);
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    Path path = Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
    for (int depth = type.getName().split("\\.", -1).length; depth > 0; depth--) {
      path = path.getParent();
    }
    return path;
  }
}
