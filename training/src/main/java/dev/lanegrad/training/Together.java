package dev.lanegrad.training;

import dev.lanegrad.optim.Adjustable;
import dev.lanegrad.optim.Optimizer;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Several optimizers as one with the groups of all. */
record Together(List<Optimizer> optimizers) implements Adjustable {
  /** A group of one of them. */
  private record Place(Optimizer optimizer, int group) {}

  private Place place(int group) {
    int left = group;
    for (Optimizer optimizer : optimizers) {
      if (left < optimizer.groups()) {
        return new Place(optimizer, left);
      }
      left -= optimizer.groups();
    }
    throw new IndexOutOfBoundsException(
        String.format(Locale.ROOT, "there are %d groups, none is %d", groups(), group));
  }

  @Override
  public int groups() {
    return optimizers.stream().mapToInt(Optimizer::groups).sum();
  }

  @Override
  public SequencedMap<String, Double> settings(int group) {
    Place place = place(group);
    return place.optimizer.settings(place.group);
  }

  @Override
  public SequencedMap<String, Double> initialSettings(int group) {
    Place place = place(group);
    return place.optimizer.initialSettings(place.group);
  }

  @Override
  public void set(int group, String setting, double value) {
    Place place = place(group);
    place.optimizer.set(place.group, setting, value);
  }
}
