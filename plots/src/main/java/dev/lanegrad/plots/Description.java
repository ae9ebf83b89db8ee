package dev.lanegrad.plots;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

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
          new Description(
              c.title(),
              c.y().title()
                  + " over "
                  + c.x().title()
                  + names(Stream.concat(c.series().stream(), c.marks().stream()).toList()));
      case Contours c -> new Description(c.title(), "contour lines" + names(c.paths()));
      case Scatter s ->
          new Description(s.title(), s.y().title() + " over " + s.x().title() + names(s.groups()));
      case Regions r ->
          new Description(
              r.title(),
              "decision regions"
                  + (r.classes().isEmpty() ? "" : " of " + String.join(", ", r.classes()))
                  + names(r.points()));
      case Heatmap h ->
          new Description(
              h.title(),
              h.rowAxis() + (list(h.rows()) + " by ") + (h.columnAxis() + list(h.columns())));
      case Images i ->
          new Description(
              i.title(), "images" + list(i.tiles().stream().map(Images.Tile::caption).toList()));
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
    return list(series.stream().map(Series::name).toList());
  }

  private static String list(List<String> texts) {
    return texts.isEmpty() ? "" : ": " + String.join(", ", texts);
  }

  /** The document with this as the first elements of its root. */
  String in(String svg) {
    int inside = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    return svg.substring(0, inside)
        + ("\n  <title>" + SvgText.escaped(title) + "</title>")
        + ("\n  <desc>" + SvgText.escaped(text) + "</desc>")
        + svg.substring(inside);
  }
}
