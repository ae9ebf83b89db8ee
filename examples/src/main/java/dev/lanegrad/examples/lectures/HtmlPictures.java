package dev.lanegrad.examples.lectures;

import dev.lanegrad.plots.Picture;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pictures of a section: drawn into the page, or as pixels where that is much smaller. */
final class HtmlPictures {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  /** Pixels of PNG a side for one of the page. */
  private static final int SHARPNESS = 2;

  /** Characters; what is drawn point by point, such as contour lines, can take a million. */
  private static final int LARGEST_SVG = 90_000;

  /** What a picture says of itself, where it does so in its first elements. */
  private static final Pattern WORDS =
      Pattern.compile("<svg[^>]*>\\s*<title>([^<]*)</title>(?:\\s*<desc>([^<]*)</desc>)?");

  /** What the page says in its own way. */
  private static final Pattern OWN_WORDS = Pattern.compile("\\s(?:role|aria-label)=\"[^\"]*\"");

  private static final Pattern NAME = Pattern.compile("(\\bid=\"|url\\(#|href=\"#)");

  private final String id;
  private int count;

  /** Those of the section of an id. */
  HtmlPictures(String id) {
    this.id = id;
  }

  /** A chart. */
  String figure(String caption, Picture picture) {
    String svg = picture.toSvg(WIDTH, HEIGHT);
    String image =
        svg.length() <= LARGEST_SVG ? inline(caption, svg) : pixels(caption, svg, picture);
    return figureOf("chart", caption, image);
  }

  /** A drawing. */
  String figure(String caption, String svg) {
    return figureOf("drawing", caption, inline(caption, svg));
  }

  private static String pixels(String caption, String svg, Picture picture) {
    String base64 = Base64.getEncoder().encodeToString(picture.toPng(WIDTH, HEIGHT, SHARPNESS));
    return "<img alt=\"%s\" src=\"data:image/png;base64,%s\" />"
        .formatted(alternative(caption, svg), base64);
  }

  /** In the page, with names of its own: those of all drawings are in one page. */
  private String inline(String caption, String svg) {
    int begin = svg.indexOf("<svg");
    if (begin < 0) {
      throw new IllegalArgumentException("svg: \"%s\" is no SVG".formatted(caption));
    }
    count++;
    String prefix = String.format(Locale.ROOT, "%s-%d-", id, count);
    int end = svg.indexOf('>', begin);
    String root = OWN_WORDS.matcher(svg.substring(begin + "<svg".length(), end)).replaceAll("");
    String named =
        NAME.matcher(root + svg.substring(end))
            .replaceAll(start -> Matcher.quoteReplacement(start.group() + prefix));
    return "<svg role=\"img\" aria-label=\"%s\"%s".formatted(alternative(caption, svg), named);
  }

  private static String figureOf(String style, String caption, String image) {
    return "<figure class=\"%s\">%s%s</figure>"
        .formatted(style, image, HtmlText.element("figcaption", caption));
  }

  /** The caption and the picture's own words, as an attribute. */
  private static String alternative(String caption, String svg) {
    StringBuilder words = new StringBuilder(HtmlText.escaped(caption.replaceAll("\\.$", "")));
    Matcher own = WORDS.matcher(svg);
    if (own.find()) {
      Stream.of(own.group(1), own.group(2))
          .filter(text -> text != null && !text.isBlank())
          .forEach(text -> words.append(". ").append(text.strip().replace("\"", "&quot;")));
    }
    return words.toString();
  }
}
