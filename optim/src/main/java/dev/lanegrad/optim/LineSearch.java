package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import java.util.function.DoubleFunction;

/**
 * A search for a step along a direction that fulfils the strong Wolfe conditions f(x + t d) &le;
 * f(x) + c1 t f'(x) and |f'(x + t d)| &le; c2 |f'(x)|, f' along d: first a bracket is found, then
 * it is narrowed, both by the minimum of the cubic through two points. A loop in Java over numbers
 * that are read out: not a recorded step.
 *
 * <p>Source: Nocedal and Wright, "Numerical optimization", 2006, algorithms 3.5 and 3.6, with the
 * safeguards of PyTorch (and of Schmidt's minFunc, where they come from).
 */
final class LineSearch {
  private static final double C1 = 1e-4;
  private static final double C2 = 0.9;

  private LineSearch() {}

  /**
   * A point on the line.
   *
   * @param t where it is
   * @param loss the function there
   * @param gradient the function's gradient there
   * @param slope along the direction
   */
  record Point(double t, double loss, Tensor gradient, double slope) {}

  /**
   * Where the search ended.
   *
   * @param evaluations how many points it looked at
   */
  record Result(Point point, int evaluations) {}

  /**
   * Searches.
   *
   * @param start t = 0
   * @param first the first t to try
   * @param longest the largest element of the direction
   * @param toleranceChange how far apart the ends of the bracket are at least, times {@code
   *     longest}
   * @param limit how many steps may be tried after the first
   */
  static Result search(
      DoubleFunction<Point> at,
      Point start,
      double first,
      double longest,
      double toleranceChange,
      int limit) {
    Point before = start;
    Point now = at.apply(first);
    int tried = 0;
    Point[] bracket = null;
    while (tried < limit) {
      if (now.loss > start.loss + C1 * now.t * start.slope
          || (tried > 1 && now.loss >= before.loss)) {
        bracket = new Point[] {before, now};
        break;
      }
      if (Math.abs(now.slope) <= -C2 * start.slope) {
        return new Result(now, tried + 1);
      }
      if (now.slope >= 0) {
        bracket = new Point[] {before, now};
        break;
      }
      double least = now.t + 0.01 * (now.t - before.t);
      double t = minimumOfCubic(before, now, least, now.t * 10);
      before = now;
      now = at.apply(t);
      tried++;
    }
    if (bracket == null) {
      return new Result(start.loss <= now.loss ? start : now, tried + 1);
    }
    return narrow(at, start, bracket, longest, toleranceChange, tried, limit);
  }

  private static Result narrow(
      DoubleFunction<Point> at,
      Point start,
      Point[] bracket,
      double longest,
      double toleranceChange,
      int triedBefore,
      int limit) {
    int tried = triedBefore;
    int low = bracket[0].loss <= bracket[1].loss ? 0 : 1;
    boolean isSlow = false;
    boolean isDone = false;
    while (!isDone && tried < limit) {
      double left = Math.min(bracket[0].t, bracket[1].t);
      double right = Math.max(bracket[0].t, bracket[1].t);
      if ((right - left) * longest < toleranceChange) {
        break;
      }
      double t = minimumOfCubic(bracket[0], bracket[1], left, right);
      double margin = 0.1 * (right - left);
      boolean isClose = Math.min(right - t, t - left) < margin;
      boolean isMoved = isClose && (isSlow || t >= right || t <= left);
      if (isMoved) {
        t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
      }
      isSlow = isClose && !isMoved;
      Point next = at.apply(t);
      tried++;
      int high = 1 - low;
      if (next.loss > start.loss + C1 * t * start.slope || next.loss >= bracket[low].loss) {
        bracket[high] = next;
        low = bracket[0].loss <= bracket[1].loss ? 0 : 1;
      } else {
        if (Math.abs(next.slope) <= -C2 * start.slope) {
          isDone = true;
        } else if (next.slope * (bracket[high].t - bracket[low].t) >= 0) {
          bracket[high] = bracket[low];
        }
        bracket[low] = next;
      }
    }
    return new Result(bracket[low], tried + 1);
  }

  /** Where the cubic through two points and their slopes is least, within bounds. */
  static double minimumOfCubic(Point a, Point b, double least, double most) {
    double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
    double square = d1 * d1 - a.slope * b.slope;
    if (!(square >= 0)) {
      return (least + most) / 2;
    }
    double d2 = Math.sqrt(square);
    double minimum =
        a.t <= b.t
            ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
            : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
    return Math.min(Math.max(minimum, least), most);
  }
}
