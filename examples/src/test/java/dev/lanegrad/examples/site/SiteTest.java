package dev.lanegrad.examples.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages are made of what the project has, and nothing in them leads nowhere. */
class SiteTest {
  private static final Project PROJECT = new Project(Path.of(".."));
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  @TempDir private Path folder;

  @Test
  void noLinkOfTheGuideIsDead() throws IOException {
    new Guide(PROJECT).write(folder);
    Set<String> javadoc = new TreeSet<>(Set.of("index.html"));
    PROJECT.publicTypes().forEach(type -> javadoc.add(type.page()));
    Set<String> dead = new TreeSet<>();
    int found = 0;
    for (Path page : pages()) {
      Matcher reference = REFERENCE.matcher(Files.readString(page));
      while (reference.find()) {
        found++;
        String link = reference.group(1);
        if (!link.startsWith("https://") && !leadsSomewhere(page, link, javadoc)) {
          dead.add(folder.relativize(page) + ": " + link);
        }
      }
    }
    assertEquals(Set.of(), dead);
    int links = found;
    assertTrue(links > 500, () -> links + " links");
  }

  private boolean leadsSomewhere(Path page, String link, Set<String> javadoc) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    Path api = folder.resolve(Guide.JAVADOC);
    if (target.startsWith(api)) {
      return javadoc.contains(api.relativize(target).toString().replace('\\', '/'));
    }
    return Files.exists(target)
        && (parts.length == 1 || Files.readString(target).contains("id=\"" + parts[1] + "\""));
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  /** A browser needs neither a network nor a server. */
  @Test
  void nothingComesFromElsewhere() throws IOException {
    new Guide(PROJECT).write(folder);
    for (Path page : pages()) {
      String html = Files.readString(page);
      assertFalse(html.contains("<script"), page::toString);
      assertFalse(
          html.matches("(?s).*(src|link rel=\"stylesheet\" href)=\"https?:.*"), page::toString);
    }
    String style = Files.readString(folder.resolve("style.css"));
    assertFalse(style.contains("url(") || style.contains("@import"), style);
  }

  @Test
  void codeThatNamesATypeLeadsToItsJavadoc() {
    Page page =
        page("# A\n\nSee `Tensor.of`, `new Linear(2, 3)`, `Nothing` and [`Tensor`](b.md#c).\n");
    String api = "../api/dev/lanegrad/";
    assertTrue(
        page.body()
            .contains("<a href=\"" + api + "autodiff/Tensor.html\"><code>Tensor.of</code></a>"),
        page.body());
    assertTrue(
        page.body()
            .contains(
                "<a href=\"" + api + "layers/Linear.html\"><code>new Linear(2, 3)</code></a>"),
        page.body());
    assertTrue(page.body().contains(" <code>Nothing</code> "), page.body());
    assertTrue(page.body().contains("<a href=\"b.html#c\"><code>Tensor</code></a>"), page.body());
  }

  @Test
  void tablesHeadingsAndJavaAreMarkedUp() {
    Page page =
        page(
            """
            # A page

            ## Of `x` and y

            | a | b |
            |---|--:|
            | 1 | 2 |

            ```java
            var x = "a < b"; // c
            ```
            """);
    assertEquals("A page", page.title());
    assertTrue(page.body().contains("<h2 id=\"of-x-and-y\">"), page.body());
    assertTrue(page.body().contains("<div class=\"table\"><table>"), page.body());
    assertTrue(page.body().contains("<td align=\"right\">2</td>"), page.body());
    String line =
        "<span class=\"keyword\">var</span> x = <span class=\"string\">\"a &lt; b\"</span>;"
            + " <span class=\"comment\">// c</span>";
    assertTrue(page.body().contains(line), page.body());
  }

  private static Page page(String text) {
    return new Markdown(new JavadocLinks(PROJECT, Guide.JAVADOC)).page("docs/a.md", text);
  }

  @Test
  void aPageWithoutTitleIsRefused() {
    SiteException refused = assertThrows(SiteException.class, () -> page("Text.\n"));
    assertTrue(refused.getMessage().startsWith("docs/a.md: does not begin with a title"));
  }

  @Test
  void aFolderOfSomethingElseStays() throws IOException {
    Site.check(folder); // empty
    Site.check(folder.resolve("new"));
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear");
    SiteException refused = assertThrows(SiteException.class, () -> Site.write(PROJECT, folder));
    assertTrue(refused.getMessage().contains("holds something else"), refused.getMessage());
    assertEquals("Dear", Files.readString(letter));
    assertThrows(SiteException.class, () -> Site.check(letter));
  }

  /** The table of lectures is that of the programs. */
  @Test
  void theListOfLecturesIsUpToDate() {
    String page = PROJECT.read(LecturesTable.PAGE);
    assertEquals(LecturesTable.refreshed(page), page, "./run docs --refresh makes it anew");
  }

  @Test
  @Tag("thorough")
  void guideAndJavadocLeadToEachOther() throws IOException {
    Path site = folder.resolve("site");
    Site.write(PROJECT, site);
    Site.write(PROJECT, site); // in place of the first
    for (Project.PublicType type : PROJECT.publicTypes()) {
      assertTrue(Files.exists(site.resolve(Guide.JAVADOC + type.page())), type::toString);
    }
    Path tensor = site.resolve(Guide.JAVADOC + "dev/lanegrad/autodiff/Tensor.html");
    assertTrue(Files.readString(tensor).contains("href=\"../../../../index.html\">Guide</a>"));
    assertTrue(Files.exists(site.resolve("docs/pictures/moons.png")));
  }
}
