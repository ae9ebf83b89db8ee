package dev.lanegrad.examples.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The guide: README, the pages in {@code docs} in the order in which it links them, the changes.
 */
final class Guide {
  /** Where the Javadoc lies on the site. */
  static final String JAVADOC = "api/";

  private static final Pattern LINK = Pattern.compile("\\]\\((docs/[\\w-]+\\.md)");

  private final Project project;
  private final List<Page> pages = new ArrayList<>();

  Guide(Project project) {
    this.project = project;
    Markdown markdown = new Markdown(new JavadocLinks(project, JAVADOC));
    for (String source : sources()) {
      pages.add(markdown.page(source, project.read(Path.of(source))));
    }
  }

  List<Page> pages() {
    return pages;
  }

  private List<String> sources() {
    Set<String> sources = new LinkedHashSet<>();
    sources.add("README.md");
    Matcher link = LINK.matcher(project.read(Path.of("README.md")));
    while (link.find()) {
      sources.add(link.group(1));
    }
    sources.add("CHANGELOG.md");
    for (Path file : files()) {
      String name = "docs/" + file.getFileName();
      if (name.endsWith(".md") && !sources.contains(name)) {
        throw new SiteException(name + ": README.md has no link to this page");
      }
    }
    return List.copyOf(sources);
  }

  /** Pages and pictures, in the folder {@code docs}. */
  private List<Path> files() {
    try (Stream<Path> files = Files.walk(project.root().resolve("docs"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the pages, and what they show, into a folder. */
  void write(Path folder) throws IOException {
    for (Page page : pages) {
      Path target = folder.resolve(page.target());
      Files.createDirectories(target.getParent());
      Files.writeString(target, Template.html(page, pages));
    }
    for (Path file : files()) {
      if (!file.toString().endsWith(".md")) {
        Path target = folder.resolve(project.root().relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Files.copy(project.root().resolve("LICENSE"), folder.resolve("LICENSE.txt"));
    Files.writeString(folder.resolve("style.css"), Template.style());
  }
}
