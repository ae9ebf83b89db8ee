package dev.lanegrad.testing;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls every public method and constructor of some classes with null in the place of each argument
 * in turn, and of an element of each array and list. All must be refused by a {@link
 * NullPointerException} or an {@link IllegalArgumentException} that says which one is null, unless
 * it is declared {@code @Nullable}.
 */
public final class NullCalls {
  private final List<Object> examples;
  private final Predicate<Executable> isLeftOut;
  private int count;

  /**
   * What is called.
   *
   * @param examples objects to call and good arguments; of several of one type the first is taken
   * @param isLeftOut what is not called
   */
  public NullCalls(Collection<?> examples, Predicate<Executable> isLeftOut) {
    this.examples = List.copyOf(examples);
    this.isLeftOut = isLeftOut;
  }

  /** How many calls were made. */
  public int count() {
    return count;
  }

  /** What is wrong about the calls of these classes; empty if all refuse null. */
  public List<String> faults(Collection<Class<?>> types) {
    List<String> faults = new ArrayList<>();
    for (Class<?> type : types) {
      if (!Modifier.isAbstract(type.getModifiers())) {
        callAll(type.getConstructors(), faults);
      }
      callAll(type.getDeclaredMethods(), faults);
    }
    return faults;
  }

  private void callAll(Executable[] executables, List<String> faults) {
    for (Executable executable : executables) {
      boolean isOpen =
          Modifier.isPublic(executable.getModifiers())
              && !Modifier.isAbstract(executable.getModifiers())
              && !executable.isSynthetic()
              && !executable.getName().equals("equals");
      if (isOpen && !isLeftOut.test(executable)) {
        call(executable, faults);
      }
    }
  }

  private void call(Executable executable, List<String> faults) {
    Parameter[] parameters = executable.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      for (Bad bad : bad(parameters[i])) {
        @Nullable Object[] arguments = new Object[parameters.length];
        for (int k = 0; k < parameters.length; k++) {
          arguments[k] = example(parameters[k].getType());
        }
        arguments[i] = bad.argument;
        count++;
        String fault = fault(executable, parameters[i].getName(), arguments);
        if (fault != null) {
          faults.add(
              "%s.%s %s%s: %s"
                  .formatted(
                      executable.getDeclaringClass().getSimpleName(),
                      executable.getName(),
                      parameters[i],
                      bad.argument == null ? "" : " with an element that is null",
                      fault));
        }
      }
    }
  }

  private record Bad(@Nullable Object argument) {}

  /**
   * Null, and where there are elements one of them that is null. The name of an operation is for
   * messages only.
   */
  private List<Bad> bad(Parameter parameter) {
    if (parameter.getType().isPrimitive() || parameter.getName().equals("operation")) {
      return List.of();
    }
    List<Bad> bad = new ArrayList<>();
    AnnotatedType type = parameter.getAnnotatedType();
    if (!isNullable(type)) {
      bad.add(new Bad(null));
    }
    Class<?> element = parameter.getType().componentType();
    boolean ofReferences = element != null && !element.isPrimitive();
    if (ofReferences
        && !isNullable(((AnnotatedArrayType) type).getAnnotatedGenericComponentType())) {
      Object array = Array.newInstance(element, 2);
      Array.set(
          array,
          0,
          element.isArray() ? Array.newInstance(element.componentType(), 2) : example(element));
      bad.add(new Bad(array));
    }
    if (parameter.getType() == List.class
        && type instanceof AnnotatedParameterizedType list
        && !isNullable(list.getAnnotatedActualTypeArguments()[0])) {
      bad.add(new Bad(Arrays.<@Nullable Object>asList(elementOf(list), null)));
    }
    return bad;
  }

  private Object elementOf(AnnotatedParameterizedType list) {
    return list.getAnnotatedActualTypeArguments()[0].getType() instanceof Class<?> type
        ? example(type)
        : List.of();
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private Object example(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == float.class) {
      return 0.5F;
    }
    if (type == double.class) {
      return 0.5;
    }
    for (Object example : examples) {
      if (type.isInstance(example)) {
        return example;
      }
    }
    if (type.isArray()) {
      Object array = Array.newInstance(type.componentType(), 1);
      Array.set(array, 0, example(type.componentType()));
      return array;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    throw new AssertionError("the test has no example of " + type);
  }

  /** What is wrong about a call, or null. */
  private @Nullable String fault(
      Executable executable, String name, @Nullable Object... arguments) {
    try {
      switch (executable) {
        case Constructor<?> constructor -> constructor.newInstance(arguments);
        case Method method ->
            method.invoke(
                Modifier.isStatic(method.getModifiers())
                    ? null
                    : example(method.getDeclaringClass()),
                arguments);
      }
      return "accepted";
    } catch (InvocationTargetException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      boolean isNamed =
          (thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException)
              && thrown.getMessage() != null
              && Pattern.compile("\\b" + name + "\\b.* null").matcher(thrown.getMessage()).find();
      return isNamed ? null : thrown.toString();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(executable.toString(), e);
    }
  }
}
