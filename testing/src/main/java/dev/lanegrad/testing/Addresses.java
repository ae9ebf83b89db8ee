package dev.lanegrad.testing;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Classes whose objects print as addresses, which tell nobody anything. */
public final class Addresses {
  private Addresses() {}

  /** The names of those that have no text of their own, and of records that hold arrays. */
  public static List<String> printedBy(Collection<Class<?>> types) {
    return types.stream().filter(Addresses::isAddress).map(Class::getName).sorted().toList();
  }

  private static boolean isAddress(Class<?> type) {
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || !hasObjects(type)) {
      return false;
    }
    return type.isRecord() ? holdsArray(type) && !writesItself(type) : writer(type) == Object.class;
  }

  /** Whether it is more than a place for static methods. */
  private static boolean hasObjects(Class<?> type) {
    return Stream.of(type.getMethods())
        .anyMatch(
            m -> !Modifier.isStatic(m.getModifiers()) && m.getDeclaringClass() != Object.class);
  }

  private static Class<?> writer(Class<?> type) {
    try {
      return type.getMethod("toString").getDeclaringClass();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean holdsArray(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getType)
        .anyMatch(Class::isArray);
  }

  /** The one that a compiler writes for a record is final. */
  private static boolean writesItself(Class<?> type) {
    try {
      return !Modifier.isFinal(type.getMethod("toString").getModifiers());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
