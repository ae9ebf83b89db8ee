package dev.lanegrad.plots;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * What a picture shows, in words: text in SVG is drawn as outlines, which can neither be searched
 * nor read aloud.
 *
 * @param title of the picture
 * @param text axes and series
 */
record Description(String title, String text) {
  static Description of(Picture picture) {
    return switch (picture) {
      case Curves c ->
          new Description(c.title(), c.y().title() + " over " + c.x().title() + names(c.series()));
      case Contours c -> new Description(c.title(), "contour lines" + names(c.paths()));
      case Scatter s ->
          new Description(s.title(), s.y().title() + " over " + s.x().title() + names(s.groups()));
      case Regions r -> new Description(r.title(), "decision regions" + names(r.points()));
      case Heatmap h -> new Description(h.title(), h.rowAxis() + " by " + h.columnAxis());
      case Images i -> new Description(i.title(), "images");
      case Bars b ->
          new Description(
              b.title(),
              b.axis()
                  + (" of " + String.join(", ", b.labels()))
                  + (": " + String.join(", ", b.heights().keySet())));
      case Column column -> of(column.pictures());
    };
  }

  private static Description of(List<Picture> pictures) {
    List<Description> all = pictures.stream().map(Description::of).toList();
    return new Description(
        all.stream().map(Description::title).collect(joining("; ")),
        all.stream().map(Description::text).collect(joining("; ")));
  }

  private static String names(List<Series> series) {
    return series.isEmpty() ? "" : ": " + series.stream().map(Series::name).collect(joining(", "));
  }

  /** The document with this as the first elements of its root. */
  String in(String svg) {
    int inside = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    return svg.substring(0, inside)
        + ("\n  <title>" + escaped(title) + "</title>")
        + ("\n  <desc>" + escaped(text) + "</desc>")
        + svg.substring(inside);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
