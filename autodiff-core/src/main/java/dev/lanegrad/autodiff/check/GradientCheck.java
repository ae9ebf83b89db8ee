package dev.lanegrad.autodiff.check;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Compares gradients with central differences, in float64.
 *
 * <pre>{@code
 * Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
 * GradientCheck.of(swish).order(2).verify(Tensor.of(-1.5, 0.0, 0.7));
 * }</pre>
 *
 * For each input some random directions are tried, which costs two forward passes each; a result
 * that is not a scalar is projected on random numbers. Where a direction differs, or on request,
 * all elements are compared one by one. The same check gives the same outcome every time.
 *
 * <p>A derivative exists only where a function is smooth. On a kink, such as that of relu at 0, a
 * check fails and says so. Where a function's value is so large that its rounding hides a
 * difference of a hundred tolerances, as that of x + 1e9, a check is {@link
 * CheckResult#isInconclusive()}: it does not pass.
 *
 * <p>Immutable: each setting gives a new check.
 */
public final class GradientCheck {
  /** The tolerance of the second order is so many times that of the first. */
  private static final double SECOND_ORDER_TOLERANCE = 100;

  private record Settings(
      int order, int directions, boolean wholeJacobian, double tolerance, long seed) {
    static final Settings USUAL = new Settings(1, 4, false, 1e-6, 1);

    Settings with(int newOrder, int newDirections, boolean newWholeJacobian) {
      return new Settings(newOrder, newDirections, newWholeJacobian, tolerance, seed);
    }
  }

  private final String name;
  private final UnaryOperator<List<Tensor>> function;
  private final Settings settings;

  private GradientCheck(String name, UnaryOperator<List<Tensor>> function, Settings settings) {
    this.name = name;
    this.function = function;
    this.settings = settings;
  }

  /** Checks a function of one tensor. */
  public static GradientCheck of(UnaryOperator<Tensor> function) {
    given(function);
    return ofMany(x -> function.apply(x.getFirst()));
  }

  /** Checks a function of two tensors. */
  public static GradientCheck of(BinaryOperator<Tensor> function) {
    given(function);
    return ofMany(x -> function.apply(x.get(0), x.get(1)));
  }

  /** Checks a function of any number of tensors. */
  public static GradientCheck ofMany(Function<List<Tensor>, Tensor> function) {
    given(function);
    return new GradientCheck(
        "function",
        x -> List.of(Present.returned("gradient check", "the function", function.apply(x))),
        Settings.USUAL);
  }

  /** Checks an operation, all its floating-point outputs together. */
  public static GradientCheck of(Op op) {
    return new GradientCheck(op.name(), op::apply, Settings.USUAL);
  }

  /**
   * Up to which order: 1, the default, for gradients, 2 also for the gradients of gradients.
   *
   * @throws IllegalArgumentException if it is neither 1 nor 2
   */
  public GradientCheck order(int order) {
    require(order == 1 || order == 2, "order must be 1 or 2, not " + order);
    return with(settings.with(order, settings.directions, settings.wholeJacobian));
  }

  /**
   * How many random directions of each input are tried; 4 by default.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public GradientCheck directions(int directions) {
    require(directions >= 1, "needs at least one direction, not " + directions);
    return with(settings.with(settings.order, directions, settings.wholeJacobian));
  }

  /** Compares every derivative of every output element instead of directions. */
  public GradientCheck wholeJacobian() {
    return with(settings.with(settings.order, settings.directions, true));
  }

  /**
   * How far a gradient may be from the difference quotient: relatively, with a thousandth of it as
   * an absolute floor; a hundred times as much at order 2. The default is 1e-6.
   *
   * @throws IllegalArgumentException if it is not more than 0
   */
  public GradientCheck tolerance(double tolerance) {
    require(tolerance > 0, "tolerance must be positive, not " + tolerance);
    return with(
        new Settings(
            settings.order, settings.directions, settings.wholeJacobian, tolerance, settings.seed));
  }

  /** What the random directions come from. */
  public GradientCheck seed(long seed) {
    return with(
        new Settings(
            settings.order, settings.directions, settings.wholeJacobian, settings.tolerance, seed));
  }

  private static void given(Object function) {
    Present.of("gradient check", "function", function);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("gradient check: " + message);
    }
  }

  @Override
  public String toString() {
    return "GradientCheck[%s, order=%s, tolerance=%s]"
        .formatted(name, settings.order, settings.tolerance);
  }

  private GradientCheck with(Settings changed) {
    return new GradientCheck(name, function, changed);
  }

  /**
   * Checks at one point.
   *
   * @throws GradientCheckException naming input, element, what was expected and what came out; also
   *     where rounding hides that
   * @throws DTypeException if an input is float32 or none is float64
   * @throws GradientException if the function gives another result when it is called again
   */
  public void verify(Tensor... inputs) {
    CheckResult result = check(inputs);
    if (!result.passed()) {
      throw new GradientCheckException(result);
    }
  }

  /**
   * Checks at one point and tells the outcome.
   *
   * @throws DTypeException if an input is float32 or none is float64
   * @throws GradientException if the function gives another result when it is called again
   */
  public CheckResult check(Tensor... inputs) {
    List<Tensor> given = Present.all("gradient check", "inputs", inputs);
    List<Tensor> arguments = new ArrayList<>();
    List<Tensor> point = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Tensor plain = given.get(i).detach();
      arguments.add(plain);
      if (plain.dtype().isFloating()) {
        requireFloat64(i, plain);
        point.add(plain);
        numbers.add(i);
      }
    }
    if (point.isEmpty()) {
      throw new DTypeException(
          "gradient check: there is no float64 input to differentiate with respect to");
    }
    CheckedFunction checked = CheckedFunction.of(function, arguments);
    SplittableRandom random = new SplittableRandom(settings.seed);
    DerivativeCheck first = run(checked, point, 1, settings.tolerance, random);
    if (settings.order == 1 || !first.mismatches().isEmpty()) {
      return new CheckResult(name, first.comparisons(), first.mismatches(numbers));
    }
    List<Tensor> withSeeds = new ArrayList<>(point);
    for (Tensor output : checked.apply(point)) {
      withSeeds.add(Tensor.normal(random, DType.FLOAT64, output.shape().toArray()));
    }
    CheckedFunction gradient = checked.gradientFunction(point.size());
    double looser = settings.tolerance * SECOND_ORDER_TOLERANCE;
    DerivativeCheck second = run(gradient, withSeeds, 2, looser, random);
    int comparisons = first.comparisons() + second.comparisons();
    return new CheckResult(name, comparisons, second.mismatches(numbers));
  }

  private DerivativeCheck run(
      CheckedFunction checked,
      List<Tensor> point,
      int order,
      double tolerance,
      SplittableRandom random) {
    DerivativeCheck check = new DerivativeCheck(checked, point, order, tolerance, random);
    for (int d = 0; d < settings.directions && !settings.wholeJacobian; d++) {
      check.direction();
    }
    boolean failed = !check.mismatches().isEmpty();
    if (settings.wholeJacobian || (failed && check.isSmall())) {
      DerivativeCheck whole = new DerivativeCheck(checked, point, order, tolerance, random);
      whole.jacobian();
      boolean differs = failed && !check.isInconclusive();
      return differs && whole.mismatches().isEmpty() ? check : whole;
    }
    return check;
  }

  private static void requireFloat64(int number, Tensor input) {
    if (input.dtype() != DType.FLOAT64) {
      throw new DTypeException(
          String.format(
              Locale.ROOT,
              "gradient check: input %d is %s%s, whose rounding hides what a difference quotient"
                  + " measures; use float64, as by Tensor.of(double...)",
              number,
              input.dtype(),
              input.shape()));
    }
  }
}
