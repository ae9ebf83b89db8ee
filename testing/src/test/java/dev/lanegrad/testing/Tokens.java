package dev.lanegrad.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** The words, numbers and signs of a piece of Java, without comments. */
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)\\s+|//[^\n]*|/\\*.*?\\*/"
              + "|(?<token>\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'"
              + "|\\.?\\d(?:[eEpP][-+]|[\\w.])*|[\\p{L}_$][\\w$]*|.)");

  /** Parts of words that say which type of elements is meant. */
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:float|double|int|boolean)(?=s?$|[A-Z])"
              + "|(?:Float|Double|Integer|Int|Boolean)(?=s?$|[A-Z\\d])"
              + "|\\b(?:FLOAT32|FLOAT64|INT32|FLOAT|DOUBLE|INT|BOOLEAN|BOOL)(?=S?$|_)");

  private static final String ANY_TYPE = "?";

  private final List<Token> tokens;

  /**
   * A token.
   *
   * @param place in the source
   * @param shape without what says a type, or nothing if it is the name of a variable
   * @param type what says one, or nothing
   */
  private record Token(String text, int place, String shape, String type) {}

  private Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Tokens of(CharSequence source) {
    List<String> texts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    while (matcher.find()) {
      if (matcher.group("token") != null) {
        texts.add(matcher.group().intern());
        places.add(matcher.start());
      }
    }
    List<Token> tokens = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      String before = i == 0 ? "" : texts.get(i - 1);
      String after = i + 1 == texts.size() ? "" : texts.get(i + 1);
      tokens.add(token(before, texts.get(i), after, places.get(i)));
    }
    return new Tokens(tokens);
  }

  private static Token token(String before, String text, String after, int place) {
    char first = text.charAt(0);
    if (Character.isDigit(first) || (first == '.' && text.length() > 1)) {
      return new Token(text, place, number(text), "");
    }
    if (!Character.isJavaIdentifierStart(first)) {
      return new Token(text, place, text, "");
    }
    Matcher type = TYPE.matcher(text);
    String found = type.find() ? type.group() : "";
    String shape = found.isEmpty() ? text : type.replaceAll(ANY_TYPE);
    boolean isVariable =
        Character.isLowerCase(first)
            && !before.equals(".")
            && !after.equals("(")
            && !SourceVersion.isKeyword(text);
    return new Token(text, place, isVariable ? "" : shape, isVariable ? "" : found);
  }

  /** 1, 1.0, 1f and 1.0f are the same. */
  private static String number(String text) {
    boolean isHex = text.startsWith("0x");
    String plain = text.replaceFirst(isHex && !text.contains("p") ? "[lL]$" : "[fFdDlL]$", "");
    return plain.replaceFirst("\\.0*$", "");
  }

  /** Those between two places of the source. */
  Tokens between(long start, long end) {
    return new Tokens(tokens.subList(index(start), index(end)));
  }

  private int index(long place) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (tokens.get(middle).place < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int size() {
    return tokens.size();
  }

  /** The same for pieces that differ in types, and in what they call variables. */
  List<String> shape() {
    Map<String, String> variables = new HashMap<>();
    String[] shape = new String[tokens.size()];
    for (int i = 0; i < shape.length; i++) {
      Token token = tokens.get(i);
      shape[i] =
          token.shape.isEmpty()
              ? variables.computeIfAbsent(token.text, _ -> "$" + variables.size())
              : token.shape;
    }
    return Arrays.asList(shape);
  }

  /** Whether a piece in the same shape has another type somewhere. */
  boolean differsInTypesFrom(Tokens other) {
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.get(i).type.equals(other.tokens.get(i).type)) {
        return true;
      }
    }
    return false;
  }
}
