package dev.lanegrad.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** README and the pages of the guide, as the tests read them. */
final class GuidePages {
  static final Path ROOT = Path.of("..");
  static final Path README = ROOT.resolve("README.md");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

  private GuidePages() {}

  /** A block of code with the language that its fence names. */
  record Block(String language, String text) {}

  /** The pages in {@code docs}. */
  static List<Path> inDocs() {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README, then those. */
  static List<Path> all() {
    List<Path> pages = new ArrayList<>(inDocs());
    pages.addFirst(README);
    return pages;
  }

  static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages in one. */
  static String text() {
    StringBuilder text = new StringBuilder();
    all().forEach(page -> text.append(read(page)).append("\n"));
    return text.toString();
  }

  static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2)));
    }
    return blocks;
  }

  /** What is not code. */
  static String prose(String page) {
    return BLOCK.matcher(page).replaceAll("").replaceAll("`[^`\n]*`", "");
  }

  /** The anchors of a page's headings, as GitHub makes them. */
  static List<String> anchors(String page) {
    return Pattern.compile("(?m)^#+ (.*)$")
        .matcher(BLOCK.matcher(page).replaceAll(""))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .toList();
  }

  static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
