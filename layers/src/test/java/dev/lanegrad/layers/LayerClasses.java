package dev.lanegrad.layers;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The layers that there are. */
final class LayerClasses {
  private LayerClasses() {}

  /** Every class of this package that is a layer. */
  static List<Class<?>> all() {
    List<Class<?>> classes = new ArrayList<>();
    try {
      Path folder = Path.of(Layer.class.getResource("Layer.class").toURI()).getParent();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          String name = file.getFileName().toString().replaceAll("\\.class$", "");
          Class<?> type = Class.forName(Layer.class.getPackageName() + "." + name);
          if (Layer.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            classes.add(type);
          }
        }
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return classes;
  }
}
