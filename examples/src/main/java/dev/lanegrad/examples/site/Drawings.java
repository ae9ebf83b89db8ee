package dev.lanegrad.examples.site;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of all that a lecture shows, its drawings. */
final class Drawings implements Notebook {
  private final Map<String, String> byCaption = new LinkedHashMap<>();

  /** The first that has gradients. */
  String ofTheReversePass() {
    return byCaption.entrySet().stream()
        .filter(drawing -> drawing.getKey().contains("after the reverse pass"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new SiteException("no drawing after the reverse pass: " + byCaption));
  }

  @Override
  public void svg(String caption, String svg) {
    byCaption.put(caption, svg);
  }

  @Override
  public void text(String paragraph) {}

  @Override
  public void number(String name, double here) {}

  @Override
  public void number(String name, String lecture, double here) {}

  @Override
  public void slip(String name, String lecture, double here) {}

  @Override
  public void claim(String claim, boolean holds) {}

  @Override
  public void table(String caption, List<String> header, List<? extends List<?>> rows) {}

  @Override
  public void picture(String caption, Picture picture) {}
}
