package dev.lanegrad.examples.lectures;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which lectures are meant by what somebody typed. */
public final class Selection {
  private static final String ALL = "ALL";
  private static final int SUGGESTIONS = 6;
  private static final int MISTAKES = 2;

  private Selection() {}

  /**
   * The parts with the lectures that are meant, without those of which nothing is.
   *
   * @param asked each an id, or that of a part, or {@code all}; in capitals or not
   * @throws IllegalArgumentException for something else; the message names what is near it
   */
  public static List<Part> of(List<Part> parts, List<String> asked) {
    asked.stream()
        .filter(one -> lectures(parts).stream().noneMatch(lecture -> isMeant(lecture, one)))
        .findFirst()
        .ifPresent(
            one -> {
              throw new IllegalArgumentException(unknown(parts, one));
            });
    return parts.stream()
        .map(
            part ->
                new Part(
                    part.id(),
                    part.title(),
                    part.lectures().stream()
                        .filter(lecture -> asked.stream().anyMatch(one -> isMeant(lecture, one)))
                        .toList()))
        .filter(part -> !part.lectures().isEmpty())
        .toList();
  }

  private static List<Lecture> lectures(List<Part> parts) {
    return parts.stream().flatMap(part -> part.lectures().stream()).toList();
  }

  private static boolean isMeant(Lecture lecture, String asked) {
    String id = asked.strip().toUpperCase(Locale.ROOT);
    return id.equals(ALL) || lecture.id().equals(id) || lecture.id().startsWith(id + ".");
  }

  private static String unknown(List<Part> parts, String asked) {
    List<String> near = near(parts, asked);
    return "there is no lecture \"%s\"%s; ./run lectures lists them"
        .formatted(asked, near.isEmpty() ? "" : "; there is " + String.join(", ", near));
  }

  /** The ids that the fewest changes lead to, if they are few; else what has it in its title. */
  private static List<String> near(List<Part> parts, String asked) {
    String id = asked.strip().toUpperCase(Locale.ROOT);
    List<Lecture> lectures = lectures(parts);
    List<String> ids =
        Stream.concat(parts.stream().map(Part::id), lectures.stream().map(Lecture::id)).toList();
    int least = ids.stream().mapToInt(one -> distance(one, id)).min().orElse(Integer.MAX_VALUE);
    Stream<String> near =
        least <= MISTAKES
            ? ids.stream().filter(one -> distance(one, id) == least)
            : lectures.stream()
                .filter(lecture -> lecture.title().toUpperCase(Locale.ROOT).contains(id))
                .map(Lecture::id);
    return near.limit(SUGGESTIONS).toList();
  }

  /** How many letters have to be changed, added or left out; Levenshtein, 1965. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
