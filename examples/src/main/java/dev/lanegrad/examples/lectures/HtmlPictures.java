package dev.lanegrad.examples.lectures;

import dev.lanegrad.plots.Picture;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pictures of a section: drawn into the page, or as pixels where that is much smaller. */
final class HtmlPictures {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;

  /** Characters; what is drawn point by point, such as contour lines, can take a million. */
  private static final int LARGEST_SVG = 90_000;

  /** What a picture says of itself, where it does so in its first elements. */
  private static final Pattern WORDS =
      Pattern.compile("<svg[^>]*>\\s*<title>([^<]*)</title>(?:\\s*<desc>([^<]*)</desc>)?");

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
    return svg.length() <= LARGEST_SVG
        ? figure(caption, svg)
        : figure(caption, alternative(caption, svg), pixels(picture));
  }

  private static String pixels(Picture picture) {
    return Base64.getEncoder().encodeToString(picture.toPng(WIDTH, HEIGHT));
  }

  private static String figure(String caption, String alternative, String base64) {
    return figureOf(
        caption,
        "<img alt=\"%s\" src=\"data:image/png;base64,%s\" />"
            .formatted(alternative, base64));
  }

  /** A drawing, whose names are made its own: those of all drawings are in one page. */
  String figure(String caption, String svg) {
    int begin = svg.indexOf("<svg");
    if (begin < 0) {
      throw new IllegalArgumentException("svg: \"%s\" is no SVG".formatted(caption));
    }
    count++;
    String prefix = String.format(Locale.ROOT, "%s-%d-", id, count);
    String named =
        NAME.matcher(svg.substring(begin + "<svg".length()))
            .replaceAll(start -> Matcher.quoteReplacement(start.group() + prefix));
    return figureOf(
        caption,
        "<svg role=\"img\" aria-label=\"%s\"%s".formatted(alternative(caption, svg), named));
  }

  private static String figureOf(String caption, String image) {
    return "<figure><div class=\"scroll\" tabindex=\"0\">%s</div>%s</figure>"
        .formatted(image, HtmlText.element("figcaption", caption));
  }

  /** The caption and the picture's own words, as an attribute. */
  private static String alternative(String caption, String svg) {
    StringBuilder words = new StringBuilder(HtmlText.escaped(caption));
    Matcher own = WORDS.matcher(svg);
    if (own.find()) {
      Stream.of(own.group(1), own.group(2))
          .filter(text -> text != null && !text.isBlank())
          .forEach(text -> words.append(". ").append(text.strip().replace("\"", "&quot;")));
    }
    return words.toString();
  }
}
