package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.program.FormulaAccess;
import dev.lanegrad.autodiff.internal.program.Program;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A function of one element of each input, as data: an input, a constant, or a {@link
 * ScalarFunction} applied to formulas.
 *
 * <p>Formulas are immutable and interned: equal formulas are the same object, so equality is
 * identity, shared parts are computed once, and derivatives of high order stay small. Kernels and
 * derivatives come from this one description; what is one formula is one pass over memory.
 *
 * <pre>{@code
 * Formula x = Formula.input(0);
 * Formula swish = x.mul(x.sigmoid());
 * Formula slope = swish.derivative(0);
 * }</pre>
 */
public abstract sealed class Formula implements FormulaMethods {
  static {
    FormulaAccess.set(new Access());
  }

  private static final Map<Key, Entry> INTERNED = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Formula> COLLECTED = new ReferenceQueue<>();

  /** Inputs that are asked for in every step of a training. */
  private static final Formula[] FIRST_INPUTS = new Formula[8];

  static {
    Arrays.setAll(FIRST_INPUTS, i -> intern(new Key(Input.class, i, List.of())));
  }

  /** One number for every element. */
  public static final Formula ZERO = constant(0);

  /** One number for every element. */
  public static final Formula ONE = constant(1);

  private static final int LONGEST_TEXT = 500;

  /** A text counts no more parts than this: it takes no longer where there are millions. */
  private static final int MOST_COUNTED = 10_000;

  private final int inputs;

  private Formula(int inputs) {
    this.inputs = inputs;
  }

  /** The element of input number {@code index}. */
  public static final class Input extends Formula {
    private final int index;

    private Input(int index) {
      super(index + 1);
      this.index = index;
    }

    /** The number of the input or slot, counted from 0. */
    public int index() {
      return index;
    }
  }

  /** The same number for every element, rounded to the dtype of the tensors it meets. */
  public static final class Constant extends Formula {
    private final double number;

    private Constant(double number) {
      super(0);
      this.number = number;
    }

    /** As it was given, not rounded. */
    public double number() {
      return number;
    }
  }

  /** A number that a kernel is given when it runs, in place of a constant. */
  static final class Slot extends Formula {
    private final int index;

    private Slot(int index) {
      super(0);
      this.index = index;
    }

    /** The number of the input or slot, counted from 0. */
    public int index() {
      return index;
    }
  }

  /** A function of the table applied to formulas. */
  public static final class Apply extends Formula {
    private final ScalarFunction function;
    private final List<Formula> arguments;

    private Apply(ScalarFunction function, List<Formula> arguments) {
      super(most(arguments));
      this.function = function;
      this.arguments = arguments;
    }

    private static int most(List<Formula> arguments) {
      int most = 0;
      for (Formula argument : arguments) {
        most = Math.max(most, argument.inputs());
      }
      return most;
    }

    /** What is applied. */
    public ScalarFunction function() {
      return function;
    }

    /** To what it is applied, as many as {@link ScalarFunction#arity}. */
    public List<Formula> arguments() {
      return arguments;
    }
  }

  /**
   * The element of an input.
   *
   * @throws IllegalArgumentException if the index is negative
   */
  public static Formula input(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("input index " + index + " is negative");
    }
    return index < FIRST_INPUTS.length
        ? FIRST_INPUTS[index]
        : intern(new Key(Input.class, index, List.of()));
  }

  /** One number for every element. */
  public static Formula constant(double number) {
    return intern(new Key(Constant.class, Double.doubleToLongBits(number), List.of()));
  }

  private static final class Access implements FormulaAccess {
    @Override
    public Formula slot(int index) {
      return Formula.slot(index);
    }

    @Override
    public Program lower(DType dtype, List<Formula> formulas) {
      return Lowering.lower(dtype, formulas);
    }
  }

  static Formula slot(int index) {
    return intern(new Key(Slot.class, index, List.of()));
  }

  static Formula apply(ScalarFunction function, List<Formula> arguments) {
    if (arguments.size() != function.arity()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %d arguments, not %d",
              function,
              function.arity(),
              arguments.size()));
    }
    return intern(new Key(function, 0, List.copyOf(arguments)));
  }

  /** What makes a formula; {@code kind} is a function or the class of a leaf. */
  private record Key(Object kind, long literal, List<Formula> arguments) {
    // written out, as in all keys on the way to a first step: the JVM takes ten milliseconds to
    // learn how to compare records, and one for each kind of them
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && kind.equals(that.kind)
          && literal == that.literal
          && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * kind.hashCode() + Long.hashCode(literal)) + arguments.hashCode();
    }

    Formula formula() {
      if (kind instanceof ScalarFunction function) {
        return new Apply(function, arguments);
      }
      if (kind == Constant.class) {
        return new Constant(Double.longBitsToDouble(literal));
      }
      return kind == Slot.class ? new Slot((int) literal) : new Input((int) literal);
    }
  }

  private static final class Entry extends WeakReference<Formula> {
    private final Key key;

    Entry(Key key, Formula formula) {
      super(formula, COLLECTED);
      this.key = key;
    }
  }

  private static Formula intern(Key key) {
    for (Object gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
      Entry entry = (Entry) gone;
      INTERNED.remove(entry.key, entry);
    }
    Entry known = INTERNED.get(key);
    Formula formula = known == null ? null : known.get();
    if (formula != null) {
      return formula;
    }
    Formula made = key.formula();
    Entry entry = new Entry(key, made);
    while (true) {
      Entry other = INTERNED.putIfAbsent(key, entry);
      if (other == null) {
        return made;
      }
      Formula theirs = other.get();
      if (theirs != null) {
        return theirs;
      }
      INTERNED.remove(key, other);
    }
  }

  /** The derivative with respect to input number {@code index}, as a formula of the same inputs. */
  public final Formula derivative(int index) {
    return Pullback.of(List.of(this), List.of(ONE), index + 1).get(index);
  }

  /**
   * Reverse accumulation: from outputs y_k and seeds s_k the sums over k of s_k dy_k/dx_i, for the
   * inputs x_0 to x_{inputs-1}.
   */
  public static List<Formula> pullback(List<Formula> outputs, List<Formula> seeds, int inputs) {
    return Pullback.of(
        Present.all("pullback", "outputs", outputs),
        Present.all("pullback", "seeds", seeds),
        inputs);
  }

  /** This formula with every occurrence of a key of the map replaced by its value. */
  public final Formula replace(Map<Formula, Formula> replacements) {
    return replace(List.of(this), replacements).getFirst();
  }

  /** Formulas with every occurrence of a key of the map replaced by its value. */
  public static List<Formula> replace(List<Formula> formulas, Map<Formula, Formula> replacements) {
    Map<Formula, Formula> done = new HashMap<>();
    UnaryOperator<Formula> replacement =
        f -> {
          Formula given = replacements.get(f);
          return given != null ? given : Objects.requireNonNull(done.get(f));
        };
    for (Formula part :
        parts(Present.all("replace", "formulas", formulas), replacements.keySet())) {
      done.put(part, part.withArguments(replacement));
    }
    return formulas.stream().map(replacement).toList();
  }

  private Formula withArguments(UnaryOperator<Formula> replacement) {
    if (!(this instanceof Apply apply)) {
      return this;
    }
    List<Formula> arguments = new ArrayList<>(apply.arguments.size());
    for (Formula argument : apply.arguments) {
      arguments.add(replacement.apply(argument));
    }
    return arguments.equals(apply.arguments) ? this : apply(apply.function, arguments);
  }

  /** The formulas this one is made of, itself included; parts come before what uses them. */
  public final List<Formula> parts() {
    return parts(List.of(this));
  }

  /** The formulas that several are made of; parts come before what uses them. */
  public static List<Formula> parts(List<Formula> formulas) {
    return parts(Present.all("parts", "formulas", formulas), Set.of());
  }

  /** Without the formulas of a set, and what only they are made of. */
  private static List<Formula> parts(List<Formula> formulas, Set<Formula> without) {
    Set<Formula> seen = new HashSet<>();
    List<Formula> ordered = new ArrayList<>();
    for (Formula formula : formulas) {
      formula.collect(seen, without, ordered);
    }
    return ordered;
  }

  /** Depth first without recursion: a formula may be thousands of functions deep. */
  private void collect(Set<Formula> seen, Set<Formula> without, List<Formula> ordered) {
    Deque<Formula> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Formula formula = open.peek();
      int before = open.size();
      boolean isLeftOut = without.contains(formula);
      if (!isLeftOut && !seen.contains(formula) && formula instanceof Apply apply) {
        for (int i = apply.arguments.size() - 1; i >= 0; i--) {
          if (!seen.contains(apply.arguments.get(i))) {
            open.push(apply.arguments.get(i));
          }
        }
      }
      if (open.size() == before) {
        open.pop();
        if (seen.add(formula) && !isLeftOut) {
          ordered.add(formula);
        }
      }
    }
  }

  /** One more than the highest input number used, 0 if there is none. */
  public final int inputs() {
    return inputs;
  }

  final boolean isConstant(double number) {
    return this instanceof Constant constant && constant.number == number;
  }

  /**
   * The formula in prefix form, as in {@code mul(x0, sigmoid(x0))}; of a long one the beginning and
   * the number of its parts, up to 10,000.
   */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder();
    Deque<Object> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      if (text.length() > LONGEST_TEXT) {
        return text.append("... (").append(size()).append(')').toString();
      }
      switch (open.pop()) {
        case Input input -> text.append('x').append(input.index);
        case Constant constant -> text.append(constant.number);
        case Slot slot -> text.append('c').append(slot.index);
        case Apply apply -> {
          text.append(apply.function).append('(');
          open.push(")");
          for (int i = apply.arguments.size() - 1; i >= 0; i--) {
            open.push(apply.arguments.get(i));
            if (i > 0) {
              open.push(", ");
            }
          }
        }
        case Object punctuation -> text.append(punctuation);
      }
    }
    return text.toString();
  }

  private String size() {
    Set<Formula> seen = new HashSet<>(Set.of(this));
    Deque<Formula> open = new ArrayDeque<>(seen);
    while (!open.isEmpty() && seen.size() <= MOST_COUNTED) {
      if (open.pop() instanceof Apply apply) {
        apply.arguments.stream().filter(seen::add).forEach(open::push);
      }
    }
    return seen.size() > MOST_COUNTED
        ? String.format(Locale.ROOT, "more than %,d parts", MOST_COUNTED)
        : String.format(Locale.ROOT, "%,d parts", seen.size());
  }
}
