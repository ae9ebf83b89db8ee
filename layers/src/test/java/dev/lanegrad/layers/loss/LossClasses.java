package dev.lanegrad.layers.loss;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The losses that there are. */
public final class LossClasses {
  private LossClasses() {}

  /** Every class of this package whose name ends in Loss, but for the interface. */
  public static List<Class<?>> all() {
    List<Class<?>> classes = new ArrayList<>();
    try {
      Path folder = Path.of(Loss.class.getResource("Loss.class").toURI()).getParent();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (name.endsWith("Loss.class") && !name.equals("Loss.class")) {
            classes.add(
                Class.forName(Loss.class.getPackageName() + "." + name.replace(".class", "")));
          }
        }
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return classes;
  }
}
