package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Font;
import java.util.List;

/**
 * A line of text in a box of a drawing.
 *
 * @param width in pixels; measuring takes long
 */
record Label(Role role, String text, double width) {
  /** What a line says. */
  enum Role {
    NAME(Lettering.AXIS, Color.BLACK),
    TYPE(Lettering.LABEL, new Color(0x606060)),
    VALUE(Lettering.LABEL, new Color(0x005A8E)),
    GRADIENT(Lettering.LABEL, new Color(0xA84600));

    private final Font font;
    private final Color color;

    Role(Font font, Color color) {
      this.font = font;
      this.color = color;
    }
  }

  private static final double WIDEST = 320;
  private static final double LINE = 16;
  private static final double BASELINE = 12;

  /** As much of a text as there is room for. */
  static Label of(Role role, String text) {
    String fitting = Lettering.fitting(text.replace('\n', ' '), role.font, WIDEST);
    return new Label(role, fitting, Lettering.width(fitting, role.font));
  }

  static double widest(List<Label> labels) {
    return labels.stream().mapToDouble(Label::width).max().orElse(0);
  }

  static double height(List<Label> labels) {
    return labels.size() * LINE;
  }

  /** Writes lines below each other. */
  static void write(SvgText svg, List<Label> labels, double middle, double top) {
    double baseline = top + BASELINE;
    for (Label label : labels) {
      svg.line(label.text, label.role.font, label.role.color, label.width, middle, baseline);
      baseline += LINE;
    }
  }
}
