package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** Walks a layer and what is inside it, depth first, and names what it finds by dotted paths. */
final class LayerTree {
  private final SequencedMap<String, Parameter> byPath = new LinkedHashMap<>();
  private final Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private LayerTree() {}

  static SequencedMap<String, Parameter> parameters(Layer root) {
    LayerTree tree = new LayerTree();
    tree.visit(root, "");
    return Collections.unmodifiableSequencedMap(tree.byPath);
  }

  private void visit(Layer layer, String prefix) {
    for (Parameter parameter : layer.ownParameters()) {
      if (seen.add(parameter)) {
        put(prefix + parameter.name(), parameter);
      }
    }
    for (Layer.Child child : layer.children()) {
      visit(child.layer(), prefix + child.name() + ".");
    }
  }

  private void put(String path, Parameter parameter) {
    if (byPath.putIfAbsent(path, parameter) != null) {
      throw new IllegalStateException(
          "layer: two parameters have the path \"%s\"; give children different names"
              .formatted(path));
    }
  }
}
