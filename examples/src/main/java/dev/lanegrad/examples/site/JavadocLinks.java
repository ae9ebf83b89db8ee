package dev.lanegrad.examples.site;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which page of the Javadoc a piece of code is about, by the type that it begins with. */
final class JavadocLinks {
  private static final Pattern FIRST_NAME = Pattern.compile("(?:new )?([A-Z]\\w*)(?:[.(:<].*)?");

  private final Map<String, String> pages = new HashMap<>();

  /**
   * Of all published types; names that two packages have lead nowhere.
   *
   * @param folder where the Javadoc lies on the site, such as {@code api/}
   */
  JavadocLinks(Project project, String folder) {
    Set<String> ambiguous = new HashSet<>();
    for (Project.PublicType type : project.publicTypes()) {
      if (pages.put(type.name(), folder + type.page()) != null) {
        ambiguous.add(type.name());
      }
    }
    pages.keySet().removeAll(ambiguous);
  }

  /** The page for code such as {@code Tensor.of}, from the site's folder on. */
  Optional<String> pageOf(String code) {
    Matcher name = FIRST_NAME.matcher(code);
    return name.matches() ? Optional.ofNullable(pages.get(name.group(1))) : Optional.empty();
  }
}
