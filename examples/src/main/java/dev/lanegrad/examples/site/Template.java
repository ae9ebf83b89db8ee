package dev.lanegrad.examples.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What all pages of the guide have around their text. */
final class Template {
  private Template() {}

  /** A whole page, with links to the others. */
  static String html(Page page, List<Page> all) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <link rel="stylesheet" href="%sstyle.css">
    </head>
    <body>
    <nav id="pages">
    %s</nav>
    <main>
    <p class="pages"><a href="#pages">All pages</a></p>
    %s%s</main>
    </body>
    </html>
    """
        .formatted(
            escaped(page.source().equals("README.md") ? page.title() : page.title() + ", Lanegrad"),
            page.toRoot(),
            navigation(page, all),
            page.body(),
            neighbours(page, all));
  }

  private static String navigation(Page page, List<Page> all) {
    StringBuilder links = new StringBuilder("<ul>\n");
    for (Page other : all) {
      String mark = other.equals(page) ? " aria-current=\"page\"" : "";
      links.append("<li>").append(link(page, other, mark)).append("</li>\n");
    }
    return links
        .append(
            "<li><a href=\"%s%sindex.html\">Javadoc</a></li>\n"
                .formatted(page.toRoot(), Guide.JAVADOC))
        .append("</ul>\n")
        .toString();
  }

  private static String neighbours(Page page, List<Page> all) {
    int here = all.indexOf(page);
    StringBuilder links = new StringBuilder("<footer>\n");
    if (here > 0) {
      links.append("<p>Before: ").append(link(page, all.get(here - 1), "")).append("</p>\n");
    }
    if (here < all.size() - 1) {
      links.append("<p>Next: ").append(link(page, all.get(here + 1), "")).append("</p>\n");
    }
    return links.append("</footer>\n").toString();
  }

  private static String link(Page from, Page to, String attributes) {
    return "<a href=\"%s%s\"%s>%s</a>"
        .formatted(from.toRoot(), to.target(), attributes, escaped(to.title()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  static String style() {
    try (InputStream css = Template.class.getResourceAsStream("style.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
