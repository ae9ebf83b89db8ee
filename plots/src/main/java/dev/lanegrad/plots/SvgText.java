package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Font;
import java.util.Locale;

/** Writes a document of SVG, with text that can be searched and selected. */
final class SvgText {
  /** All have letters of about the same width as the one that is measured by. */
  private static final String FONTS = "DejaVu Sans, Verdana, sans-serif";

  private final StringBuilder text = new StringBuilder();

  SvgText(double width, double height, String title, String description) {
    text.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\""
                + " viewBox=\"0 0 %1$.0f %2$.0f\" font-family=\"%3$s\" role=\"img\">\n"
                + "<title>%4$s</title>\n<desc>%5$s</desc>\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            Math.ceil(width),
            Math.ceil(height),
            FONTS,
            escaped(title),
            escaped(description)));
  }

  /** For text between tags and in attributes; what XML has no place for becomes a question mark. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c < 0xD800)
        || (c > 0xDFFF && c < 0xFFFE)
        || c > 0xFFFF;
  }

  /** Begins what has a text of its own that shows where the mouse points to it. */
  void open(String kind, String tip) {
    text.append("<g class=\"").append(escaped(kind)).append("\"><title>");
    text.append(escaped(tip)).append("</title>\n");
  }

  void close() {
    text.append("</g>\n");
  }

  void box(double x, double y, double width, double height, Color fill, Color border, double line) {
    text.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" rx=\"5\" fill=\"%s\""
                + " stroke=\"%s\" stroke-width=\"%.1f\"/>\n",
            x,
            y,
            width,
            height,
            hex(fill),
            hex(border),
            line));
  }

  /** A line of text as wide as it was measured, whatever the font. */
  void line(String line, Font font, Color color, double width, double middle, double baseline) {
    if (line.isBlank()) {
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"middle\" font-size=\"%d\"%s fill=\"%s\""
                + " textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">%s</text>\n",
            middle,
            baseline,
            font.getSize(),
            font.isBold() ? " font-weight=\"bold\"" : "",
            hex(color),
            width,
            escaped(line)));
  }

  void path(String path, Color color, boolean isFilled) {
    text.append("<path d=\"").append(path).append("\" ");
    text.append(
        isFilled
            ? "fill=\"" + hex(color) + "\""
            : "fill=\"none\" stroke=\"" + hex(color) + "\" stroke-width=\"1.2\"");
    text.append("/>\n");
  }

  /** The head of an arrow that goes down to a point. */
  void arrowHead(double x, double y, Color color) {
    path(String.format(Locale.ROOT, "M%.2f %.2fl-4 -7h8z", x, y), color, true);
  }

  private static String hex(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
  }

  String finished() {
    return text + "</svg>\n";
  }
}
