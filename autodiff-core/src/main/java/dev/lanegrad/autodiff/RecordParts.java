package dev.lanegrad.autodiff;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The components of a class of records, read and replaced: the only place of the library that looks
 * at a class, once for each. Components whose type can hold no tensor are not touched.
 */
final class RecordParts {
  private static final ClassValue<RecordParts> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordParts computeValue(Class<?> type) {
          return new RecordParts(type);
        }
      };

  private final Class<?> type;
  private final RecordComponent[] components;
  private final boolean[] holding;

  private RecordParts(Class<?> type) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.holding = new boolean[components.length];
    for (int i = 0; i < holding.length; i++) {
      holding[i] = mayHold(components[i].getGenericType());
    }
  }

  static RecordParts of(Record holder) {
    return KNOWN.get(holder.getClass());
  }

  /** A record with other components; the same one if none is another. */
  Record replaced(Record holder, UnaryOperator<@Nullable Object> change) {
    @Nullable Object[] changed = null;
    for (int i = 0; i < holding.length; i++) {
      if (holding[i]) {
        Object old = read(holder, i);
        Object other = change.apply(old);
        if (!Structure.isSame(old, other)) {
          changed = changed != null ? changed : readAll(holder);
          changed[i] = other;
        }
      }
    }
    return changed == null ? holder : make(changed);
  }

  private @Nullable Object[] readAll(Record holder) {
    @Nullable Object[] values = new Object[components.length];
    Arrays.setAll(values, i -> read(holder, i));
    return values;
  }

  private @Nullable Object read(Record holder, int component) {
    Method accessor = components[component].getAccessor();
    requireAccess(accessor, "read its component \"%s\"".formatted(components[component].getName()));
    return call(() -> accessor.invoke(holder));
  }

  private Record make(@Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      requireAccess(constructor, "make one with other tensors");
      return (Record) call(() -> constructor.newInstance(values));
    } catch (NoSuchMethodException e) {
      throw new AssertionError("a record has a canonical constructor", e);
    }
  }

  private void requireAccess(AccessibleObject member, String purpose) {
    if (!member.trySetAccessible()) {
      String place = type.getPackageName();
      throw new StructureException(
          "%s may hold tensors, but nothing outside of its module can %s: say \"opens %s to %s\" in"
                  .formatted(type, purpose, place, RecordParts.class.getModule().getName())
              + " its module-info, make the record public in an exported package, or have it"
              + " implement TensorStructure");
    }
  }

  private interface Invocation {
    Object invoke() throws ReflectiveOperationException;
  }

  private Object call(Invocation invocation) {
    try {
      return invocation.invoke();
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw new StructureException(type + " failed", e);
      }
    } catch (ReflectiveOperationException e) {
      throw new StructureException(type + " cannot be looked into", e);
    }
  }

  /** Whether a value of this type can have tensors inside that {@link Structure} sees. */
  private static boolean mayHold(Type type) {
    return switch (type) {
      case Class<?> raw -> mayHold(raw);
      case ParameterizedType generic ->
          isContainer((Class<?>) generic.getRawType())
              ? Arrays.stream(generic.getActualTypeArguments()).anyMatch(RecordParts::mayHold)
              : mayHold((Class<?>) generic.getRawType());
      case GenericArrayType array -> mayHold(array.getGenericComponentType());
      case WildcardType wildcard -> mayHold(wildcard.getUpperBounds()[0]);
      default -> true;
    };
  }

  private static boolean mayHold(Class<?> type) {
    if (type.isPrimitive() || Enum.class.isAssignableFrom(type)) {
      return false;
    }
    if (type.isArray()) {
      return mayHold(type.getComponentType());
    }
    if (type.getPackageName().startsWith("java.")) {
      return type == Object.class || type == Record.class || isContainer(type);
    }
    return !Modifier.isFinal(type.getModifiers())
        || type == Tensor.class
        || type == Gradients.class
        || type.isRecord()
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || TensorStructure.class.isAssignableFrom(type);
  }

  /** Whether it is one of Java's own, whose type arguments say what is inside. */
  private static boolean isContainer(Class<?> type) {
    return type.getPackageName().startsWith("java.util")
        && (type == Optional.class
            || type == Map.Entry.class
            || Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type));
  }
}
