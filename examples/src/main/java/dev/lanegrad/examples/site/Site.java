package dev.lanegrad.examples.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The guide and the Javadoc as one folder that a browser shows without a server: every link is
 * relative, and nothing comes from elsewhere.
 */
public final class Site {
  private static final String OWN = "style.css";

  private Site() {}

  /**
   * Sees to it that a folder may be replaced.
   *
   * @throws SiteException if it holds something else
   */
  public static void check(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new SiteException("%s is no folder".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> names = files.map(Path::getFileName).toList();
      if (!names.isEmpty() && !(names.contains(Path.of(OWN)) && names.contains(Path.of("docs")))) {
        throw new SiteException("%s holds something else; name a new folder".formatted(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes it, in place of an older one.
   *
   * @throws SiteException if the folder holds something else, or a page cannot be made
   */
  public static void write(Project project, Path folder) {
    check(folder);
    Path target = folder.toAbsolutePath().normalize();
    Guide guide = new Guide(project);
    try {
      Files.createDirectories(target.getParent());
      Path fresh =
          target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
      delete(fresh);
      Files.createDirectory(fresh);
      try {
        guide.write(fresh);
        Javadoc.write(project, fresh.resolve(Guide.JAVADOC));
        delete(target);
        Files.move(fresh, target);
      } finally {
        delete(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes anew what the guide shows: the pictures, and the list of lectures. */
  public static void refresh(Project project) {
    GuidePictures.write(project.root().resolve("docs/pictures"));
    LecturesTable.write(project);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
