package dev.lanegrad.training.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary in the header of a NumPy file, such as {@code {'descr': '<f4', 'fortran_order':
 * False, 'shape': (2, 3), }}: a literal of Python with exactly these keys, in any order. Numbers
 * may end in L, as Python 2 wrote them.
 */
final class NpyHeaderText {
  private final String label;
  private final String text;
  private int position;

  private @Nullable String descr;
  private @Nullable Boolean fortranOrder;
  private @Nullable List<Long> shape;

  NpyHeaderText(String label, String text) {
    this.label = label;
    this.text = text;
  }

  NpyHeader header() {
    expect('{');
    while (!accept('}')) {
      entry();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpaces();
    if (position < text.length()) {
      throw broken("has something after its dictionary");
    }
    if (descr == null || fortranOrder == null || shape == null) {
      throw broken("needs 'descr', 'fortran_order' and 'shape'");
    }
    return new NpyHeader(descr, fortranOrder, shape);
  }

  private void entry() {
    String key = quoted();
    expect(':');
    boolean isNew;
    switch (key) {
      case "descr" -> {
        isNew = descr == null;
        descr = descr();
      }
      case "fortran_order" -> {
        isNew = fortranOrder == null;
        fortranOrder = truth();
      }
      case "shape" -> {
        isNew = shape == null;
        shape = tuple();
      }
      default ->
          throw broken("has a key '%s' beside 'descr', 'fortran_order' and 'shape'".formatted(key));
    }
    if (!isNew) {
      throw broken("has '%s' twice".formatted(key));
    }
  }

  private String descr() {
    skipSpaces();
    if (position < text.length() && text.charAt(position) == '[') {
      return structured();
    }
    int start = position;
    String descr = quoted();
    if (!NpyHeader.isDescr(descr)) {
      position = start;
      throw broken("has the type '%s', which is none of NumPy's".formatted(descr));
    }
    return descr;
  }

  /** The text of a list, which describes an array of records. */
  private String structured() {
    int start = position;
    int depth = 0;
    do {
      if (position == text.length()) {
        throw broken("has a list without its end");
      }
      char c = text.charAt(position);
      if (c == '\'' || c == '"') {
        quoted();
        continue;
      }
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      position++;
    } while (depth > 0);
    return text.substring(start, position);
  }

  private boolean truth() {
    skipSpaces();
    for (boolean value : new boolean[] {true, false}) {
      String word = value ? "True" : "False";
      if (text.startsWith(word, position)) {
        position += word.length();
        return value;
      }
    }
    throw broken("has a 'fortran_order' that is not True or False");
  }

  private List<Long> tuple() {
    expect('(');
    List<Long> numbers = new ArrayList<>();
    while (!accept(')')) {
      numbers.add(number());
      if (!accept(',')) {
        expect(')');
        if (numbers.size() == 1) {
          throw broken("has a 'shape' that is a number, not a tuple");
        }
        break;
      }
    }
    return numbers;
  }

  private long number() {
    skipSpaces();
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    String digits = text.substring(start, position);
    if (position < text.length() && text.charAt(position) == 'L') {
      position++;
    }
    if (digits.isEmpty() || (digits.startsWith("0") && !digits.matches("0+"))) {
      throw broken("has a 'shape' with something that is no length");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw broken("has a length of %s, larger than any file".formatted(digits));
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String quoted() {
    skipSpaces();
    char quote = position < text.length() ? text.charAt(position) : ' ';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
    if (end < 0) {
      throw broken("has something else where a text in quotes should be");
    }
    String quoted = text.substring(position + 1, end);
    if (quoted.chars().anyMatch(c -> c == '\\' || c == '\n' || c == '\r' || c == 0)) {
      throw broken("has a text that goes on over a line or has a backslash");
    }
    position = end + 1;
    return quoted;
  }

  private boolean accept(char wanted) {
    skipSpaces();
    boolean found = position < text.length() && text.charAt(position) == wanted;
    position += found ? 1 : 0;
    return found;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw broken("lacks a '%s'".formatted(wanted));
    }
  }

  private void skipSpaces() {
    while (position < text.length() && " \t\n\r\f".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private FormatException broken(String what) {
    return new FormatException(
        String.format(
            Locale.ROOT,
            "%s: the header %s, at character %d of %s",
            label,
            what,
            position,
            text()));
  }

  private String text() {
    String shown = text.strip();
    return shown.length() <= 200 ? shown : shown.substring(0, 200) + "...";
  }
}
