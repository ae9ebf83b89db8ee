package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.layers.loss.HuberLoss;
import dev.lanegrad.layers.loss.LossClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What does not fit is refused by name, with all shapes and values. */
class RefusalsTest {
  private static final List<Refusal> REFUSED =
      Stream.of(InputRefusals.ALL, SettingRefusals.ALL, InitializerRefusals.ALL, LossRefusals.ALL)
          .flatMap(List::stream)
          .toList();

  @TestFactory
  Stream<DynamicTest> refusals() {
    return REFUSED.stream().map(row -> dynamicTest(row.toString(), row::check));
  }

  /** A new layer, loss or initialiser that takes settings needs a row by virtue of existing. */
  @Test
  void whateverTakesSettingsRefusesSome() {
    Set<Class<?>> missing = new LinkedHashSet<>(LayerClasses.all());
    missing.addAll(LossClasses.all());
    missing.removeIf(type -> !BadSettingsTest.takesSettings(type));
    assertTrue(missing.containsAll(Set.of(Linear.class, HuberLoss.class)), missing::toString);
    REFUSED.forEach(row -> missing.remove(row.type()));
    assertEquals(Set.of(), missing, "without a row");
    Set<String> initializers = new TreeSet<>();
    for (Method method : Initializer.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) && method.getParameterCount() > 0) {
        initializers.add(method.getName());
      }
    }
    for (Refusal row : REFUSED) {
      initializers.removeIf(name -> row.message().startsWith(name + ": "));
    }
    assertEquals(Set.of(), initializers, "initialisers without a row");
  }
}
