package dev.lanegrad.examples.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project's files, as they are checked out.
 *
 * @param root the folder with README.md
 */
public record Project(Path root) {
  /** Of a folder by any path. */
  public Project {
    root = root.toAbsolutePath().normalize();
  }

  /** The modules that are published, in the order in which they need each other. */
  static final List<String> MODULES =
      List.of("autodiff-core", "layers", "optim", "training", "plots");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*"
              + "(?:class|interface|record|enum|@interface) (\\w+)");

  /**
   * The project that the running examples were built from.
   *
   * @throws SiteException if they were taken elsewhere
   */
  public static Project ofTheseExamples() {
    URL location = Project.class.getProtectionDomain().getCodeSource().getLocation();
    Path here = Path.of(URI.create(location.toString()));
    for (Path folder = here.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("README.md")) && Files.isDirectory(folder.resolve("docs"))) {
        return new Project(folder);
      }
    }
    throw new SiteException("docs: %s lies in no checkout of the project".formatted(here));
  }

  /** A file as text. */
  String read(Path relative) {
    try {
      return Files.readString(root.resolve(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sources of everything that users can see. */
  List<Path> publishedSources() {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      Path main = root.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(main)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.endsWith("module-info.java"))
            .filter(file -> !main.relativize(file).toString().contains("internal"))
            .sorted()
            .forEach(sources::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  /** All types that users can see, but for those inside of others. */
  List<PublicType> publicTypes() {
    List<PublicType> types = new ArrayList<>();
    for (Path source : publishedSources()) {
      String text = read(source);
      Matcher type = PUBLIC_TYPE.matcher(text);
      if (type.find()) {
        Matcher named = Pattern.compile("(?m)^package ([\\w.]+);").matcher(text);
        if (named.find()) {
          types.add(new PublicType(named.group(1), type.group(1)));
        }
      }
    }
    return types;
  }

  /** A type that is published. */
  record PublicType(String packageName, String name) {
    /** Its page, in the folder of the Javadoc. */
    String page() {
      return packageName.replace('.', '/') + "/" + name + ".html";
    }
  }
}
