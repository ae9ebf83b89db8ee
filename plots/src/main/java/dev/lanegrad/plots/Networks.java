package dev.lanegrad.plots;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.SummaryRow;
import java.util.List;

/**
 * Draws networks: every layer as a box with the shape of its output and its number of parameters,
 * layers inside of others in their boxes.
 *
 * <pre>{@code
 * Layer model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 10));
 * Files.writeString(folder.resolve("model.svg"), Networks.toSvg(model, Shape.of(1, 784)));
 * }</pre>
 *
 * <p>Arrows show what is known of how layers are run: one after the other in a sequence, and around
 * the block of a residual connection. Those of other layers stand in the order of their children.
 * Of very many layers those in the middle, or deep inside, are counted instead.
 */
public final class Networks {
  private static final double MARGIN = 14;
  private static final double GAP = 30;
  private static final int MOST = 150;
  private static final int MOST_CHILDREN = 40;
  private static final int DEEPEST = 8;

  private Networks() {}

  /**
   * The diagram of a layer for zeros of a shape, in the dtype of the first parameter, or of ints
   * where the layer takes those.
   *
   * @return a document of SVG, as large as it needs to be
   * @throws dev.lanegrad.autodiff.LanegradException as the layer does if it does not take the shape
   */
  public static String toSvg(Layer layer, Shape input) {
    Present.of("network", "layer", layer);
    int[] shape = Present.of("network", "input", input).toArray();
    DType dtype =
        layer.parameters().stream().map(Parameter::dtype).findFirst().orElse(DType.FLOAT32);
    try {
      return toSvg(layer, Tensor.zeros(dtype, shape));
    } catch (DTypeException e) {
      try {
        return toSvg(layer, Tensor.zeros(DType.INT32, shape));
      } catch (DTypeException _) {
        throw e;
      }
    }
  }

  /**
   * The diagram of a layer for an input.
   *
   * @return a document of SVG, as large as it needs to be
   */
  public static String toSvg(Layer layer, Tensor input) {
    Present.of("network", "layer", layer);
    Present.of("network", "input", input);
    List<SummaryRow> rows = layer.summaryRows(input);
    NetworkBox whole = fitting(rows);
    List<Label> from =
        List.of(Label.of(Label.Role.VALUE, "input " + input.dtype() + input.shape()));
    double width = Math.max(whole.width(), Label.widest(from)) + 2 * MARGIN;
    double top = MARGIN + Label.height(from) + GAP;
    double height = top + whole.height() + GAP + MARGIN;
    SvgText svg =
        new SvgText(
            width,
            height,
            "Network",
            NetworkBox.counted(rows.size(), "layer")
                + ", "
                + NetworkBox.counted(rows.getFirst().parameters(), "parameter"));
    Label.write(svg, from, width / 2, MARGIN);
    NetworkBox.arrow(svg, width / 2, MARGIN + Label.height(from), top);
    whole.write(svg, width / 2, top);
    NetworkBox.arrow(svg, width / 2, top + whole.height(), top + whole.height() + GAP);
    return svg.finished();
  }

  /** Fewer children and less of what is deep inside, until it is not too much. */
  private static NetworkBox fitting(List<SummaryRow> rows) {
    for (int depth = DEEPEST; depth > 1; depth--) {
      for (int children = MOST_CHILDREN; children > 4; children /= 2) {
        NetworkBox whole = new NetworkBox(rows, new NetworkBox.Limit(depth, children));
        if (whole.count() <= MOST) {
          return whole;
        }
      }
    }
    return new NetworkBox(rows, new NetworkBox.Limit(1, MOST_CHILDREN));
  }
}
