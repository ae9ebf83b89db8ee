package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks a layer and what is inside it, depth first, and names what it finds by dotted paths. Layers
 * may be nested deeper than a thread's stack.
 */
final class LayerTree {
  /**
   * A layer and where it is.
   *
   * @param outer what it is inside of, null for the root
   * @param name in that, empty for the root
   * @param depth how many layers it is inside of
   */
  record Place(@Nullable Place outer, String name, int depth, Layer layer) {
    /** Names joined by dots, empty for the root. */
    String path() {
      Deque<String> names = new ArrayDeque<>();
      for (Place place = this; place.outer != null; place = place.outer) {
        names.addFirst(place.name);
      }
      return String.join(".", names);
    }

    private String pathOf(String inside) {
      return outer == null ? inside : path() + "." + inside;
    }
  }

  /** The walk itself: the places from the root to the present one, and who is inside of them. */
  private static final class Walk {
    private final boolean isEachOnce;
    private final List<Place> found = new ArrayList<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private final Deque<Iterator<Layer.Child>> rest = new ArrayDeque<>();
    private final Set<Layer> around = identitySet();
    private final Set<Layer> known = identitySet();

    Walk(boolean isEachOnce) {
      this.isEachOnce = isEachOnce;
    }

    List<Place> from(Layer root) {
      enter(new Place(null, "", 0, root));
      while (!open.isEmpty()) {
        if (rest.getFirst().hasNext()) {
          Place outer = open.getFirst();
          Layer.Child child = rest.getFirst().next();
          enter(new Place(outer, child.name(), outer.depth + 1, child.layer()));
        } else {
          rest.removeFirst();
          around.remove(open.removeFirst().layer);
        }
      }
      return found;
    }

    private void enter(Place place) {
      if (around.contains(place.layer)) {
        throw new IllegalStateException(
            "layer: \"%s\" is a %s that is inside of itself: leave it out of its own children"
                .formatted(place.path(), typeOf(place.layer)));
      }
      if (isEachOnce && !known.add(place.layer)) {
        return;
      }
      found.add(place);
      List<Layer.Child> children = listed(place.layer, "children()", place.layer.children());
      if (!children.isEmpty()) {
        around.add(place.layer);
        open.addFirst(place);
        rest.addFirst(children.iterator());
      }
    }
  }

  private LayerTree() {}

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Every layer as often as it is listed, before those inside it. */
  static List<Place> places(Layer root) {
    return new Walk(false).from(root);
  }

  /** Every layer once, where it is listed first. */
  private static List<Place> firstPlaces(Layer root) {
    return new Walk(true).from(root);
  }

  /** What a layer's method lists, none of which is null. */
  private static <T> List<T> listed(Layer layer, String method, @Nullable List<T> list) {
    return Require.all(typeOf(layer), method, list);
  }

  static List<Mode> modes(Layer root) {
    return firstPlaces(root).stream().map(p -> p.layer.mode()).filter(Objects::nonNull).toList();
  }

  static SequencedMap<String, Parameter> parameters(Layer root) {
    return byPath(root, layer -> listed(layer, "ownParameters()", layer.ownParameters()));
  }

  static SequencedMap<String, Parameter> buffers(Layer root) {
    return byPath(root, layer -> listed(layer, "ownBuffers()", layer.ownBuffers()));
  }

  private static SequencedMap<String, Parameter> byPath(
      Layer root, Function<Layer, List<Parameter>> own) {
    SequencedMap<String, Parameter> byPath = new LinkedHashMap<>();
    Set<Parameter> seen = identitySet();
    for (Place place : firstPlaces(root)) {
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

  /** How many numbers the parameters inside have. */
  static long parameterCount(Layer root) {
    Set<Parameter> seen = identitySet();
    long count = 0;
    for (Place place : firstPlaces(root)) {
      for (Parameter parameter : place.layer.ownParameters()) {
        count += seen.add(parameter) ? parameter.size() : 0;
      }
    }
    return count;
  }

  /**
   * How many numbers the parameters inside of each place have. What is around one that has counted
   * a parameter has counted it too.
   */
  static Map<Place, Long> parameterCounts(List<Place> places) {
    Map<Place, Long> counts = new IdentityHashMap<>();
    Map<Parameter, Set<Place>> countedIn = new IdentityHashMap<>();
    for (Place place : places) {
      for (Parameter parameter : place.layer.ownParameters()) {
        Set<Place> counted = countedIn.computeIfAbsent(parameter, _ -> identitySet());
        for (Place at = place; at != null && counted.add(at); at = at.outer) {
          counts.merge(at, (long) parameter.size(), Long::sum);
        }
      }
    }
    return counts;
  }

  static String text(Layer root) {
    StringBuilder text = new StringBuilder();
    for (Place place : places(root)) {
      if (place.outer != null) {
        text.append('\n').append("  ".repeat(place.depth)).append(place.name).append(": ");
      }
      text.append(lineOf(place.layer));
    }
    return text.toString();
  }

  /** The type of a layer, with its attributes if nothing is inside of it. */
  static String lineOf(Layer layer) {
    return layer.children().isEmpty() ? leafText(layer) : typeOf(layer);
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
