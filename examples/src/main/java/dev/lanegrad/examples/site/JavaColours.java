package dev.lanegrad.examples.site;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java as HTML in which keywords, texts, numbers and comments can have colours of their own. */
final class JavaColours {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<comment>//[^\n]*|/\\*.*?\\*/)"
              + "|(?<string>\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\")"
              + "|(?<keyword>\\b(?:boolean|class|double|else|extends|false|final|float|for|if"
              + "|implements|import|int|interface|long|new|null|package|private|public|record"
              + "|return|static|super|switch|this|throw|throws|true|try|var|void|while)\\b)"
              + "|(?<number>\\b\\d[\\d_]*(?:\\.\\d+)?(?:e-?\\d+)?[fL]?\\b)",
          Pattern.DOTALL);

  private JavaColours() {}

  static String of(String code) {
    StringBuilder html = new StringBuilder();
    Matcher part = PARTS.matcher(code);
    int end = 0;
    while (part.find()) {
      html.append(escaped(code.substring(end, part.start())))
          .append("<span class=\"")
          .append(kind(part))
          .append("\">")
          .append(escaped(part.group()))
          .append("</span>");
      end = part.end();
    }
    return html.append(escaped(code.substring(end))).toString();
  }

  private static String kind(Matcher part) {
    return part.namedGroups().keySet().stream()
        .filter(name -> part.group(name) != null)
        .findFirst()
        .orElseThrow();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
