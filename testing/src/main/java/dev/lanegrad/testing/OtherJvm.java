package dev.lanegrad.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a main class in a JVM of its own, for what is read once when a JVM starts. What the build
 * gives to the JVM of the tests, {@code -Dtest.jvm=-XX:UseAVX=2} say, this one gets too.
 *
 * @param options of the JVM
 * @param needed a class of each folder or jar of its class path, however this JVM was told of them
 */
public record OtherJvm(List<String> options, List<Class<?>> needed) {
  /** What the program printed, errors included. */
  public String run(Class<?> main, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    Process process = start(main, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** The program, running; what it prints, errors included, is to be read. */
  public Process start(Class<?> main, String... arguments) throws IOException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(System.getProperty("test.jvm", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private String classPath(Class<?> main) throws URISyntaxException {
    List<Path> places = new ArrayList<>();
    for (Class<?> type : Stream.concat(needed.stream(), Stream.of(main)).toList()) {
      places.add(place(type));
    }
    return places.stream()
        .distinct()
        .map(Path::toString)
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  /**
   * The folder or jar that a class was loaded from. The code source does not tell: that of a test
   * class that patches a module is the module.
   */
  private static Path place(Class<?> type) throws URISyntaxException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    String url = Objects.requireNonNull(type.getResource(file), file).toURI().toString();
    String place = url.substring(0, url.length() - file.length());
    return Path.of(URI.create(place.replaceFirst("^jar:(.*)!$", "$1")));
  }
}
