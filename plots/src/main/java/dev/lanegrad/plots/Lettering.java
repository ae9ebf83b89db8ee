package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/** Text as outlines, as XChart draws it, so that it looks the same wherever it is shown. */
final class Lettering {
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font AXIS = new Font(Font.SANS_SERIF, Font.BOLD, 12);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Graphics2D graphics;

  /** Paints a white sheet to write on. */
  Lettering(Graphics2D graphics, int width, int height) {
    this.graphics = graphics;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  static double width(String text, Font font) {
    return text.isBlank() ? 0 : new TextLayout(text, font, CONTEXT).getAdvance();
  }

  static double widest(List<String> texts, Font font) {
    return texts.stream().mapToDouble(text -> width(text, font)).max().orElse(0);
  }

  /** Text as long as there is room for, in pixels. */
  static String fitting(String text, Font font, double room) {
    if (width(text, font) <= room) {
      return text;
    }
    int fits = 0;
    int tooLong = text.length();
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) / 2;
      if (width(text.substring(0, middle) + "…", font) <= room) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return text.substring(0, fits) + "…";
  }

  /** Text in lines as long as there is room for; what does not go into the last is left out. */
  static List<String> wrapped(String text, Font font, double room, int lines) {
    List<String> wrapped = new ArrayList<>();
    String rest = text.strip();
    while (wrapped.size() < lines - 1 && width(rest, font) > room) {
      int end = rest.length();
      do {
        end = rest.lastIndexOf(' ', end - 1);
      } while (end > 0 && width(rest.substring(0, end), font) > room);
      if (end <= 0) {
        break;
      }
      wrapped.add(rest.substring(0, end));
      rest = rest.substring(end + 1).strip();
    }
    wrapped.add(fitting(rest, font, room));
    return wrapped;
  }

  /**
   * Writes a line.
   *
   * @param y the middle of small letters
   * @param before which part of the text stands left of x: 0, a half, or 1
   */
  void write(String text, Font font, Color color, double x, double y, double before) {
    write(text, font, color, AffineTransform.getTranslateInstance(x, y), before);
  }

  /** Writes a line from bottom to top. */
  void writeUpwards(String text, Font font, Color color, double x, double y, double before) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(-Math.PI / 2);
    write(text, font, color, place, before);
  }

  private void write(String text, Font font, Color color, AffineTransform place, double before) {
    if (text.isBlank()) {
      return;
    }
    TextLayout layout = new TextLayout(text, font, CONTEXT);
    place.translate(-before * layout.getAdvance(), 0.35 * font.getSize2D());
    graphics.setColor(color);
    graphics.fill(layout.getOutline(place));
  }
}
