package dev.lanegrad.autodiff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.BoundedCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Keys of caches have their comparison written out: a record's own is a tree of method handles,
 * which the JIT copies into every look-up. That was a third of the code it read for a small step of
 * training.
 */
class KeysTest {
  @Test
  void keysOfCachesCompareWithoutMethodHandles() {
    Set<Class<?>> keys = new LinkedHashSet<>();
    for (JavaClass owner : Rooms.CLASSES) {
      for (JavaField field : owner.getFields()) {
        if (isCache(field) && field.getType() instanceof JavaParameterizedType type) {
          addRecords(type.getActualTypeArguments().getFirst(), keys);
        }
      }
    }
    assertTrue(keys.size() >= 10, () -> "found no more keys than " + keys);
    keys.add(TensorType.class);
    assertEquals(
        List.of(),
        keys.stream().filter(KeysTest::comparesByMethodHandles).map(Class::getName).toList(),
        "write equals and hashCode out");
  }

  @Test
  void aRecordsOwnComparisonIsFound() {
    record Plain(int number) {}
    assertTrue(comparesByMethodHandles(Plain.class));
  }

  private static boolean isCache(JavaField field) {
    boolean isMap =
        field.getRawType().isEquivalentTo(BoundedCache.class)
            || field.getRawType().isEquivalentTo(Map.class);
    return isMap && field.getModifiers().contains(JavaModifier.STATIC);
  }

  private static void addRecords(JavaType type, Set<Class<?>> keys) {
    type.getAllInvolvedRawTypes().forEach(raw -> addRecord(raw.reflect(), keys));
  }

  private static void addRecord(Class<?> type, Set<Class<?>> keys) {
    if (type.isRecord() && keys.add(type)) {
      Arrays.stream(type.getRecordComponents())
          .map(RecordComponent::getType)
          .forEach(part -> addRecord(part, keys));
    }
  }

  private static boolean comparesByMethodHandles(Class<?> type) {
    String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream code = type.getResourceAsStream(file)) {
      return ClassFile.of().parse(Objects.requireNonNull(code).readAllBytes()).methods().stream()
          .filter(
              method -> Set.of("equals", "hashCode").contains(method.methodName().stringValue()))
          .flatMap(method -> method.code().orElseThrow().elementStream())
          .anyMatch(InvokeDynamicInstruction.class::isInstance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
