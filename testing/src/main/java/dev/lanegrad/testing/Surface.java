package dev.lanegrad.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What users see of some classes: one line for each type, and for each constructor, method and
 * constant that they can call or override, with types and names of arguments. A committed list of
 * these lines makes every change of it part of a review.
 */
public record Surface(SortedSet<String> lines) {
  private static final Path FILE = Path.of("src", "test", "resources", "surface.txt");

  /** Writes the list anew if it is {@code accept}; unset in an ordinary run. */
  private static final String PROPERTY = "lanegrad.surface";

  private static final String OWN = "dev.lanegrad.";
  private static final Pattern PACKAGES = Pattern.compile("\\b([a-z_]\\w*\\.)+(?=[A-Z])");
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals(Object)", "hashCode()", "toString()");

  /** The surface of classes that are all exported. */
  public static Surface of(Collection<Class<?>> exported) {
    SortedSet<String> lines = new TreeSet<>();
    for (Class<?> type : exported) {
      lines.add(type.getCanonicalName() + " " + kind(type) + supertypes(type));
      for (Class<?> declaring : visible(type, exported)) {
        members(declaring, declaring == type)
            .filter(member -> isOpen(member, type))
            .forEach(member -> lines.add(type.getCanonicalName() + line(member, type)));
      }
    }
    return new Surface(lines);
  }

  /** What a list has; nothing where there is none yet. */
  static Surface read(Path file) throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    if (Files.exists(file)) {
      lines.addAll(Files.readAllLines(file));
    }
    return new Surface(lines);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /**
   * Fails, with each line that has come or gone, unless {@code src/test/resources/surface.txt} has
   * the surface of these classes. With {@code -Dlanegrad.surface=accept} it writes that file.
   */
  public static void assertIsThatOfTheFile(Collection<Class<?>> exported) throws IOException {
    Surface now = of(exported);
    if ("accept".equals(System.getProperty(PROPERTY))) {
      now.write(FILE);
    }
    assertSame(read(FILE), now);
  }

  /** Fails, with each line that has come or gone, unless the two are the same. */
  static void assertSame(Surface listed, Surface now) {
    List<String> differences = now.differencesFrom(listed);
    if (!differences.isEmpty()) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              """
              What users see is not what %s lists, %d lines differ:
                %s
              If that is what you want, write the list anew, .ci/surface, and say how to move in
              CHANGELOG.md\
              """,
              FILE,
              differences.size(),
              String.join("\n  ", differences)));
    }
  }

  /** Each line that is not in the other one, with a +, and each that is there only, with a -. */
  List<String> differencesFrom(Surface old) {
    SortedSet<String> all = new TreeSet<>(old.lines);
    all.addAll(lines);
    return all.stream()
        .filter(line -> !(old.lines.contains(line) && lines.contains(line)))
        .map(line -> (lines.contains(line) ? "+ " : "- ") + line)
        .toList();
  }

  /** A type, and what it inherits from where users cannot look. */
  private static List<Class<?>> visible(Class<?> type, Collection<Class<?>> exported) {
    List<Class<?>> visible = new ArrayList<>(List.of(type));
    for (int i = 0; i < visible.size(); i++) {
      Class<?> each = visible.get(i);
      Stream.concat(Stream.ofNullable(each.getSuperclass()), Arrays.stream(each.getInterfaces()))
          .filter(above -> above.getName().startsWith(OWN))
          .filter(above -> !exported.contains(above) && !visible.contains(above))
          .forEach(visible::add);
    }
    return visible;
  }

  private static Stream<Member> members(Class<?> type, boolean constructorsToo) {
    List<Member> members = new ArrayList<>();
    members.addAll(List.of(type.getDeclaredMethods()));
    members.addAll(List.of(type.getDeclaredFields()));
    if (constructorsToo) {
      members.addAll(List.of(type.getDeclaredConstructors()));
    }
    return members.stream();
  }

  private static boolean isOpen(Member member, Class<?> type) {
    int modifiers = member.getModifiers();
    boolean isInherited = Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers());
    return (Modifier.isPublic(modifiers) || isInherited)
        && !member.isSynthetic()
        && !(member instanceof Method method && isOfLanguage(method));
  }

  /** What every object or every enum has. */
  private static boolean isOfLanguage(Method method) {
    String types =
        Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(joining(", "));
    boolean isOfEnum =
        method.getDeclaringClass().isEnum()
            && (method.getName().equals("values") || method.getName().equals("valueOf"));
    return isOfEnum || OF_EVERY_OBJECT.contains(method.getName() + "(" + types + ")");
  }

  private static String line(Member member, Class<?> type) {
    return switch (member) {
      case Constructor<?> constructor -> "(" + parameters(constructor) + ")" + thrown(constructor);
      case Method method ->
          String.format(
              Locale.ROOT,
              ".%s%s(%s): %s%s%s",
              method.getName(),
              variables(method.getTypeParameters()),
              parameters(method),
              text(method.getAnnotatedReturnType()),
              modifiers(method, type),
              thrown(method));
      case Field field ->
          String.format(
              Locale.ROOT,
              ".%s: %s%s",
              field.getName(),
              text(field.getAnnotatedType()),
              modifiers(field, type));
      default -> throw new AssertionError(member);
    };
  }

  private static String parameters(Executable executable) {
    Parameter[] parameters = executable.getParameters();
    return Arrays.stream(parameters)
        .map(
            parameter -> {
              String type = text(parameter.getAnnotatedType());
              String shown =
                  parameter.isVarArgs() ? type.substring(0, type.length() - 2) + "..." : type;
              return shown + " " + parameter.getName();
            })
        .collect(joining(", "));
  }

  private static String thrown(Executable executable) {
    Type[] thrown = executable.getGenericExceptionTypes();
    return thrown.length == 0
        ? ""
        : " throws " + Arrays.stream(thrown).map(Surface::text).collect(joining(", "));
  }

  private static String variables(Type... variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables).map(Surface::text).collect(joining(", ", "<", ">"));
  }

  private static String text(AnnotatedType type) {
    AnnotatedType marked =
        type instanceof AnnotatedArrayType array ? array.getAnnotatedGenericComponentType() : type;
    String nullable = marked.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
    return nullable + text(type.getType());
  }

  /** The name without packages. */
  private static String text(Type type) {
    return PACKAGES.matcher(type.getTypeName()).replaceAll("").replace('$', '.');
  }

  private static String modifiers(Member member, Class<?> type) {
    int modifiers = member.getModifiers();
    StringBuilder text = new StringBuilder();
    if (Modifier.isProtected(modifiers)) {
      text.append(", protected");
    }
    if (Modifier.isStatic(modifiers)) {
      text.append(", static");
    }
    if (Modifier.isAbstract(modifiers)) {
      text.append(", abstract");
    }
    boolean isFinal = Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers);
    if (isFinal && !Modifier.isFinal(type.getModifiers())) {
      text.append(", final");
    }
    return text.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isRecord()) {
      return "record";
    }
    if (type.isEnum()) {
      return "enum";
    }
    String sealed = type.isSealed() ? "sealed " : "";
    if (type.isInterface()) {
      return sealed + "interface";
    }
    String form = Modifier.isAbstract(type.getModifiers()) ? "abstract " : "";
    return sealed + (Modifier.isFinal(type.getModifiers()) ? "final " : form) + "class";
  }

  private static String supertypes(Class<?> type) {
    return Stream.concat(
            Stream.ofNullable(type.getAnnotatedSuperclass()),
            Arrays.stream(type.getAnnotatedInterfaces()))
        .map(Surface::text)
        .filter(name -> !name.equals("Object") && !name.equals("Record"))
        .filter(name -> !name.startsWith("Enum<"))
        .sorted()
        .map(name -> ", " + name)
        .collect(joining());
  }
}
