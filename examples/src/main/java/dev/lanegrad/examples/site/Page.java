package dev.lanegrad.examples.site;

/**
 * A page of the guide.
 *
 * @param source its file, such as {@code docs/layers.md}, by slashes
 * @param title its first heading
 * @param body its text as HTML, without head and navigation
 */
record Page(String source, String title, String body) {
  /** Its file on the site: README is the first page. */
  String target() {
    return targetOf(source);
  }

  static String targetOf(String source) {
    return source.equals("README.md") ? "index.html" : source.replaceFirst("\\.md$", ".html");
  }

  /** How to get from this page's folder to the site's. */
  String toRoot() {
    return "../".repeat((int) source.chars().filter(c -> c == '/').count());
  }
}
