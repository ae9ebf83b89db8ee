package dev.lanegrad.training.files;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON in the plainest way, to compare with: RFC 8259 without a name twice. Objects are maps, lists
 * lists, numbers their text in a list of none, as nothing else is.
 */
final class PlainJson {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern STRING =
      Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*)\"");

  private final String text;
  private int at;

  private PlainJson(String text) {
    this.text = text;
  }

  record Digits(String digits) {
    boolean isWhole() {
      return digits.matches("[0-9]+") && new BigInteger(digits).bitLength() <= 64;
    }
  }

  /** The value, or an IllegalArgumentException. */
  static Object parse(String text) {
    PlainJson json = new PlainJson(text);
    Object value = json.value(0);
    json.space();
    check(json.at == text.length());
    return value;
  }

  private Object value(int depth) {
    check(depth < 900);
    space();
    check(at < text.length());
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", List.of("null"));
      default -> new Digits(match(NUMBER).group());
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    if (!accept('}')) {
      do {
        space();
        String name = string();
        check(accept(':'));
        check(!object.containsKey(name));
        object.put(name, value(depth + 1));
      } while (accept(','));
      check(accept('}'));
    }
    return object;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    at++;
    if (!accept(']')) {
      do {
        list.add(value(depth + 1));
      } while (accept(','));
      check(accept(']'));
    }
    return list;
  }

  private Object word(String word, Object value) {
    check(text.startsWith(word, at));
    at += word.length();
    return value;
  }

  private String string() {
    String escaped = match(STRING).group(1);
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        char kind = escaped.charAt(++i);
        if (kind == 'u') {
          plain.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
          i += 4;
        } else {
          int found = "bfnrt".indexOf(kind);
          plain.append(found < 0 ? kind : "\b\f\n\r\t".charAt(found));
        }
      } else {
        plain.append(c);
      }
    }
    plain.chars().forEach(c -> check(c < 0xd800 || c > 0xdfff)); // no pairs occur in these tests
    return plain.toString();
  }

  private Matcher match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    check(matcher.lookingAt());
    at = matcher.end();
    return matcher;
  }

  private boolean accept(char wanted) {
    space();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("no JSON");
    }
  }
}
