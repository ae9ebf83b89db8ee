package dev.lanegrad.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Places the nodes of a graph without cycles in layers from top to bottom: each right above what
 * uses it, ordered so that few edges cross, and none over another. An edge across several layers
 * has a bend in each, with room of its own, so that it meets no node.
 *
 * <p>Source: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
 * structures", IEEE Transactions on Systems, Man, and Cybernetics 11(2), 1981; the places within a
 * layer are the nearest to what they are joined to in the sense of least squares, by isotonic
 * regression (Barlow and others, 1972). ELK would do as much with twelve jars of 8 MB.
 */
final class LayeredLayout {
  private static final double GAP = 22;
  private static final double BEND = 8;
  private static final double BETWEEN_LAYERS = 46;
  private static final int SWEEPS = 12;
  private static final double LIGHT = 0.02;

  /**
   * From one node to a later one.
   *
   * @param port how far from the middle of the later one it ends, in parts of its width
   */
  record Edge(int from, int to, double port) {}

  /** What a spot is joined to, and where the edge ends there if that is below. */
  private record Link(Spot other, double port) {
    double place(boolean isAbove) {
      return isAbove ? other.place : other.place + port;
    }
  }

  /** A node, or a bend of an edge. */
  private static final class Spot {
    final double width;
    final double height;
    final int layer;
    final List<Link> above = new ArrayList<>();
    final List<Link> below = new ArrayList<>();

    /** Below a node, of all its edges that go further than to the next layer. */
    final List<Spot> bends = new ArrayList<>();

    double x;
    double wanted;
    int place;

    Spot(double width, double height, int layer) {
      this.width = width;
      this.height = height;
      this.layer = layer;
    }

    boolean isBend() {
      return height == 0;
    }

    /** Inputs give way to operations, and these to long edges, which are to be straight. */
    double weight() {
      return isBend() ? 4 : above.isEmpty() ? LIGHT : 1;
    }

    double meanPlace(boolean fromAbove) {
      List<Link> links = fromAbove ? above : below;
      return links.stream().mapToDouble(link -> link.place(fromAbove)).average().orElse(place);
    }

    /**
     * The middle of what it is joined to: of an operation mostly other operations, and of a bend
     * other bends. Ports do not count. Else a chain with inputs at one side would lean to it.
     */
    double meanX(boolean fromAbove) {
      double sum = 0;
      double weights = 0;
      for (Link link : fromAbove ? above : below) {
        boolean isBackbone = link.other.isBend() == isBend() && !link.other.above.isEmpty();
        double weight = isBackbone ? 1 : LIGHT;
        sum += weight * link.other.x;
        weights += weight;
      }
      return weights == 0 ? x : sum / weights;
    }
  }

  private final List<Spot> nodes = new ArrayList<>();
  private final List<List<Spot>> bends = new ArrayList<>();
  private final List<List<Spot>> layers = new ArrayList<>();
  private double[] tops = {};

  /**
   * Lays out.
   *
   * @param widths of the nodes
   * @param heights of them
   * @param edges from nodes to others with higher numbers
   */
  LayeredLayout(double[] widths, double[] heights, List<Edge> edges) {
    int[] layerOf = layers(widths.length, edges);
    int count = Arrays.stream(layerOf).max().orElse(0) + 1;
    for (int i = 0; i < count; i++) {
      layers.add(new ArrayList<>());
    }
    for (int i = 0; i < widths.length; i++) {
      nodes.add(spot(widths[i], heights[i], layerOf[i]));
    }
    for (Edge edge : edges) {
      bends.add(join(nodes.get(edge.from), nodes.get(edge.to), edge.port));
    }
    order();
    place();
  }

  /** As far from the end as the longest way there, so that inputs stand where they are used. */
  private static int[] layers(int count, List<Edge> edges) {
    int[] fromEnd = new int[count];
    List<Edge> sorted = new ArrayList<>(edges);
    sorted.sort(Comparator.comparingInt(Edge::to).reversed());
    for (Edge edge : sorted) {
      fromEnd[edge.from] = Math.max(fromEnd[edge.from], fromEnd[edge.to] + 1);
    }
    int last = Arrays.stream(fromEnd).max().orElse(0);
    return Arrays.stream(fromEnd).map(distance -> last - distance).toArray();
  }

  private Spot spot(double width, double height, int layer) {
    Spot spot = new Spot(width, height, layer);
    spot.place = layers.get(layer).size();
    layers.get(layer).add(spot);
    return spot;
  }

  /** Edges from one node share their bends as far as they go the same way. */
  private List<Spot> join(Spot from, Spot to, double port) {
    int count = to.layer - from.layer - 1;
    for (int i = from.bends.size(); i < count; i++) {
      Spot bend = spot(BEND, 0, from.layer + 1 + i);
      link(i == 0 ? from : from.bends.get(i - 1), bend, 0);
      from.bends.add(bend);
    }
    link(count == 0 ? from : from.bends.get(count - 1), to, port);
    return List.copyOf(from.bends.subList(0, count));
  }

  private static void link(Spot upper, Spot lower, double port) {
    upper.below.add(new Link(lower, port));
    lower.above.add(new Link(upper, port));
  }

  /** Each layer by the mean place of what it is joined to, downwards and upwards in turn. */
  private void order() {
    long fewest = crossings();
    List<List<Spot>> best = copy();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean isDown = sweep % 2 == 0;
      for (List<Spot> layer : isDown ? layers : layers.reversed()) {
        layer.forEach(spot -> spot.wanted = spot.meanPlace(isDown));
        layer.sort(Comparator.comparingDouble(spot -> spot.wanted));
        number(layer);
      }
      long crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
    layers.clear();
    layers.addAll(best);
    layers.forEach(LayeredLayout::number);
  }

  private List<List<Spot>> copy() {
    List<List<Spot>> copy = new ArrayList<>();
    layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }

  private static void number(List<Spot> layer) {
    for (int i = 0; i < layer.size(); i++) {
      layer.get(i).place = i;
    }
  }

  /** How many pairs of edges cross. */
  private long crossings() {
    long crossings = 0;
    for (List<Spot> layer : layers) {
      List<double[]> ends = new ArrayList<>();
      for (Spot spot : layer) {
        spot.below.forEach(link -> ends.add(new double[] {spot.place, link.place(false)}));
      }
      for (int i = 0; i < ends.size(); i++) {
        for (int k = i + 1; k < ends.size(); k++) {
          int above = Double.compare(ends.get(i)[0], ends.get(k)[0]);
          int below = Double.compare(ends.get(i)[1], ends.get(k)[1]);
          crossings += above * below < 0 ? 1 : 0;
        }
      }
    }
    return crossings;
  }

  private void place() {
    for (List<Spot> layer : layers) {
      moveTo(layer, spot -> 0);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean isDown = sweep % 2 == 0;
      for (List<Spot> layer : isDown ? layers : layers.reversed()) {
        moveTo(layer, spot -> spot.meanX(isDown));
      }
    }
    double left = spots().mapToDouble(spot -> spot.x - spot.width / 2).min().orElse(0);
    spots().forEach(spot -> spot.x -= left);
    tops = new double[layers.size() + 1];
    for (int i = 0; i < layers.size(); i++) {
      double height = layers.get(i).stream().mapToDouble(spot -> spot.height).max().orElse(0);
      tops[i + 1] = tops[i] + height + BETWEEN_LAYERS;
    }
  }

  private Stream<Spot> spots() {
    return layers.stream().flatMap(List::stream);
  }

  /**
   * Moves a layer as near as can be to where its spots want to be, in order and apart: with the
   * room that each needs at least subtracted this is an isotonic regression, which joins neighbours
   * that are out of order at their mean.
   */
  private static void moveTo(List<Spot> layer, ToDoubleFunction<Spot> wanted) {
    double[] offsets = new double[layer.size()];
    for (int i = 1; i < offsets.length; i++) {
      Spot left = layer.get(i - 1);
      Spot right = layer.get(i);
      offsets[i] = offsets[i - 1] + (left.width + right.width) / 2 + GAP;
    }
    double[] means = new double[offsets.length];
    double[] weights = new double[offsets.length];
    int[] sizes = new int[offsets.length];
    int blocks = 0;
    for (int i = 0; i < offsets.length; i++) {
      Spot spot = layer.get(i);
      means[blocks] = wanted.applyAsDouble(spot) - offsets[i];
      weights[blocks] = spot.weight();
      sizes[blocks] = 1;
      blocks++;
      while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
        double weight = weights[blocks - 2] + weights[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * weights[blocks - 2] + means[blocks - 1] * weights[blocks - 1])
                / weight;
        weights[blocks - 2] = weight;
        sizes[blocks - 2] += sizes[blocks - 1];
        blocks--;
      }
    }
    int i = 0;
    for (int block = 0; block < blocks; block++) {
      for (int k = 0; k < sizes[block]; k++, i++) {
        layer.get(i).x = means[block] + offsets[i];
      }
    }
  }

  double width() {
    return spots().mapToDouble(spot -> spot.x + spot.width / 2).max().orElse(0);
  }

  double height() {
    return tops[layers.size()] - BETWEEN_LAYERS;
  }

  /** The middle of a node. */
  double x(int node) {
    return nodes.get(node).x;
  }

  /** The upper side of a node. */
  double y(int node) {
    return tops[nodes.get(node).layer];
  }

  /** The lower end of the layer of a node, below which there are only edges. */
  double floor(int node) {
    return tops[nodes.get(node).layer + 1] - BETWEEN_LAYERS;
  }

  /** A bend: an edge goes straight down there from the top of a layer to its end. */
  record Bend(double x, double top, double bottom) {}

  /** The bends of an edge, from top to bottom. */
  List<Bend> bends(int edge) {
    return bends.get(edge).stream()
        .map(s -> new Bend(s.x, tops[s.layer], tops[s.layer + 1] - BETWEEN_LAYERS))
        .toList();
  }
}
