package dev.lanegrad.plots;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What came of drawing something. */
final class Drawn {
  private Drawn() {}

  static BufferedImage png(Picture picture) {
    byte[] bytes = Drawing.of(picture, Picture.DEFAULT_WIDTH, Picture.DEFAULT_HEIGHT).png(1);
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document svg(Picture picture) {
    return parsed(picture.toSvg(Picture.DEFAULT_WIDTH, Picture.DEFAULT_HEIGHT));
  }

  static Document parsed(String svg) {
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      parser.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
      return parser.parse(new InputSource(new StringReader(svg)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(svg, e);
    }
  }

  static List<Element> all(Document svg, String tag) {
    NodeList found = svg.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** The groups of a class, each a node or a layer. */
  static List<Element> groups(Document svg, String kind) {
    return all(svg, "g").stream().filter(g -> g.getAttribute("class").equals(kind)).toList();
  }

  /** What is written in a group itself, not in those inside of it. */
  static List<Element> texts(Element group) {
    return children(group, "text");
  }

  static List<Element> children(Element group, String tag) {
    List<Element> children = new ArrayList<>();
    for (int i = 0; i < group.getChildNodes().getLength(); i++) {
      if (group.getChildNodes().item(i) instanceof Element e && e.getTagName().equals(tag)) {
        children.add(e);
      }
    }
    return children;
  }

  static Rectangle2D rectangle(Element group) {
    Element box = children(group, "rect").getFirst();
    return new Rectangle2D.Double(
        number(box, "x"), number(box, "y"), number(box, "width"), number(box, "height"));
  }

  /** Where a line of text is, by the width that it has in any viewer. */
  static Rectangle2D extent(Element text) {
    double width = number(text, "textLength");
    double size = number(text, "font-size");
    return new Rectangle2D.Double(
        number(text, "x") - width / 2, number(text, "y") - size, width, 1.3 * size);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  static Map<Integer, Integer> colours(BufferedImage image) {
    Map<Integer, Integer> colours = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.merge(image.getRGB(x, y), 1, Integer::sum);
      }
    }
    return colours;
  }
}
