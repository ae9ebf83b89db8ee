package dev.lanegrad.examples.lectures;

/** Text as it stands in HTML that is XML too. */
final class HtmlText {
  private HtmlText() {}

  /** With what would be markup, and with characters that XML does not have, replaced. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\p{Cntrl}\\p{Cs}\uFFFE\uFFFF&&[^\t\n\r]]", "\uFFFD");
  }

  /** An element with escaped text in it. */
  static String element(String name, String text) {
    return "<%1$s>%2$s</%1$s>".formatted(name, escaped(text));
  }

  /** An element of a class of the style sheet, with escaped text in it. */
  static String element(String name, String style, String text) {
    return "<%1$s class=\"%2$s\">%3$s</%1$s>".formatted(name, style, escaped(text));
  }
}
