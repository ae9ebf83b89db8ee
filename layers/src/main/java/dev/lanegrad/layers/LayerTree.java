package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/** Walks a layer and what is inside it, depth first, and names what it finds by dotted paths. */
final class LayerTree {
  /**
   * A layer and where it is.
   *
   * @param path names joined by dots, empty for the root
   * @param depth how many layers it is inside of
   */
  record Place(String path, int depth, Layer layer) {
    /** The path's last part. */
    String name() {
      return path.substring(path.lastIndexOf('.') + 1);
    }

    private String pathOf(String inside) {
      return path.isEmpty() ? inside : path + "." + inside;
    }
  }

  private LayerTree() {}

  /** Every layer as often as it is listed, before those inside it. */
  static List<Place> places(Layer root) {
    List<Place> places = new ArrayList<>();
    collect(new Place("", 0, root), places);
    return places;
  }

  private static void collect(Place place, List<Place> places) {
    places.add(place);
    for (Layer.Child child : place.layer.children()) {
      collect(new Place(place.pathOf(child.name()), place.depth + 1, child.layer()), places);
    }
  }

  static List<Mode> modes(Layer root) {
    return places(root).stream().map(p -> p.layer.mode()).filter(Objects::nonNull).toList();
  }

  static SequencedMap<String, Parameter> parameters(Layer root) {
    return byPath(root, Layer::ownParameters);
  }

  static SequencedMap<String, Parameter> buffers(Layer root) {
    return byPath(root, Layer::ownBuffers);
  }

  private static SequencedMap<String, Parameter> byPath(
      Layer root, Function<Layer, List<Parameter>> own) {
    SequencedMap<String, Parameter> byPath = new LinkedHashMap<>();
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Place place : places(root)) {
      for (Parameter parameter : own.apply(place.layer)) {
        if (seen.add(parameter)) {
          put(byPath, place.pathOf(parameter.name()), parameter);
        }
      }
    }
    return Collections.unmodifiableSequencedMap(byPath);
  }

  private static void put(
      SequencedMap<String, Parameter> byPath, String path, Parameter parameter) {
    if (byPath.putIfAbsent(path, parameter) != null) {
      throw new IllegalStateException(
          "layer: two parameters have the path \"%s\"; give children different names"
              .formatted(path));
    }
  }

  static String text(Layer root) {
    StringBuilder text = new StringBuilder();
    for (Place place : places(root)) {
      if (!place.path.isEmpty()) {
        text.append('\n').append("  ".repeat(place.depth)).append(place.name()).append(": ");
      }
      Layer layer = place.layer;
      text.append(layer.children().isEmpty() ? leafText(layer) : typeOf(layer));
    }
    return text.toString();
  }

  private static String leafText(Layer layer) {
    return layer.getClass().isHidden() ? typeOf(layer) : layer.toString().replaceFirst("\\[]$", "");
  }

  /** The name of a layer's class; a lambda has none. */
  static String typeOf(Layer layer) {
    String name = layer.getClass().isHidden() ? "" : layer.getClass().getSimpleName();
    return name.isEmpty() ? "function" : name;
  }
}
