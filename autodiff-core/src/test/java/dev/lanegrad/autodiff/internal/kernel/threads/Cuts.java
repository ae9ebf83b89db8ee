package dev.lanegrad.autodiff.internal.kernel.threads;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.HiddenWindows;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.loops.FoldLoop;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulLoop;
import dev.lanegrad.autodiff.internal.op.Copy;
import dev.lanegrad.autodiff.internal.op.Gather;
import dev.lanegrad.autodiff.internal.op.HiddenOps;
import dev.lanegrad.autodiff.internal.op.Recurrence;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Op;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Every loop that threads share, on odd shapes and in one part and many; prints where loops were
 * cut, and which results that changed. Plain code, so that it runs in JVMs started with other
 * settings.
 */
final class Cuts {
  /** Those of images that give a tensor, whatever they are called. */
  private static final List<Method> POOLINGS =
      Stream.of(Pooling.class.getMethods())
          .filter(method -> method.getReturnType() == Tensor.class)
          .filter(
              method ->
                  List.of(method.getParameterTypes())
                      .equals(List.of(Tensor.class, int[].class, Window.class)))
          .sorted(Comparator.comparing(Method::getName))
          .toList();

  private static final int[] PARTS = {2, 3, 5, 7, 16, 48, 64};
  private static final Formula A = Formula.input(0);
  private static final Formula B = Formula.input(1);

  private final DType dtype;
  private final SplittableRandom random = new SplittableRandom(13);
  private final Map<String, Supplier<List<Tensor>>> loops = new LinkedHashMap<>();

  private Cuts(DType dtype) {
    this.dtype = dtype;
    products();
    convolutions();
    pools();
    formulas();
    movements();
    recurrences();
  }

  public static void main(String[] arguments) {
    Set<String> places = new ConcurrentSkipListSet<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      new Cuts(dtype).loops.forEach((name, loop) -> compare(dtype + " " + name, loop, places));
    }
    for (int[] shape : new int[][] {{1, 5, 161, 161}, {64, 16, 55, 55}}) {
      compareAsUsual(shape);
    }
    places.forEach(place -> System.out.println("cut " + place));
    System.out.println("done");
  }

  private static void compare(String name, Supplier<List<Tensor>> loop, Set<String> places) {
    List<double[]> whole = inParts(1, loop, new TreeSet<>());
    for (int parts : PARTS) {
      report(name + " in " + parts + " parts", whole, inParts(parts, loop, places));
    }
  }

  private static void report(String what, List<double[]> expected, List<double[]> results) {
    for (int k = 0; k < expected.size(); k++) {
      if (!Arrays.equals(expected.get(k), results.get(k))) {
        System.out.println("differs: " + what + ", result " + k);
      }
    }
  }

  /** What a loop gives when it is cut into so many parts, if it has as much to share. */
  private static List<double[]> inParts(
      int parts, Supplier<List<Tensor>> loop, Set<String> places) {
    Workers.cutting =
        (count, _) -> {
          if (Math.min(parts, count) > 1) {
            places.add(caller());
          }
          return parts;
        };
    try {
      return loop.get().stream().map(Tensor::toDoubleArray).toList();
    } finally {
      Workers.cutting = Workers::worthwhileParts;
    }
  }

  /** The line of the library that asked. */
  private static String caller() {
    String library = Tensor.class.getPackageName() + ".";
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(f -> f.getClassName().startsWith(library))
                    .filter(f -> !f.getClassName().startsWith(Cuts.class.getName()))
                    .filter(f -> !f.getClassName().equals(Workers.class.getName()))
                    .map(f -> f.getClassName() + ":" + f.getLineNumber())
                    .findFirst()
                    .orElse("nowhere"));
  }

  /** Max pooling of a size that used to be cut wrongly, with as many threads as there are. */
  private static void compareAsUsual(int... shape) {
    Tensor x = Tensor.uniform(new SplittableRandom(1), DType.FLOAT32, -1, 1, shape);
    Supplier<List<Tensor>> pooled =
        () -> {
          Tensor tracked = x.requiresGrad();
          Tensor y = Pooling.maxPool2d(tracked, 2);
          return List.of(y, y.mul(y).sum().backward().of(tracked));
        };
    List<double[]> whole = inParts(1, pooled, new TreeSet<>());
    List<double[]> shared = pooled.get().stream().map(Tensor::toDoubleArray).toList();
    report("maxPool2d of " + Arrays.toString(shape), whole, shared);
  }

  private Tensor draw(int... shape) {
    return Tensor.uniform(random, dtype, -1, 1, shape);
  }

  private void add(String name, Supplier<Tensor> loop) {
    loops.put(name, () -> List.of(loop.get()));
  }

  private void products() {
    for (int[] size : new int[][] {{1, 7, 3}, {37, 11, 5}, {5, 13, 131}, {67, 19, 70}}) {
      Tensor a = draw(size[0], size[1]);
      Tensor b = draw(size[1], size[2]);
      Object c = Scratch.of(dtype, size[0] * size[2]);
      add(
          "product " + Arrays.toString(size),
          () -> {
            Finish none = (first, count) -> {};
            MatMulLoop.run(new int[0], rows(a), rows(b), c, size[0], size[1], size[2], none);
            return tensor(c, size[0] * size[2]);
          });
    }
    Tensor row = draw(1, 19);
    Tensor lines = draw(131, 19);
    Tensor longRow = draw(1, 331);
    Tensor large = draw(331, 407);
    add("row times large matrix", () -> longRow.matmul(large));
    Tensor column = draw(19, 1);
    add("row times lines", () -> row.matmul(lines.transpose()));
    add("lines times column", () -> lines.matmul(column));
    Tensor longColumn = draw(131, 1);
    add("transpose times column", () -> lines.transpose().matmul(longColumn));
    Tensor left = draw(13, 5, 7);
    Tensor right = draw(13, 7, 3);
    add("stack of products", () -> left.matmul(right));
    Tensor oneLeft = draw(2, 3, 7);
    Tensor oneRight = draw(2, 7, 5);
    add("two products", () -> oneLeft.matmul(oneRight));
  }

  private Operand rows(Tensor matrix) {
    return new Operand(array(matrix), 0, matrix.shape().rowMajorStrides());
  }

  private Object array(Tensor tensor) {
    Object array = Scratch.of(dtype, tensor.size());
    double[] elements = tensor.toDoubleArray();
    for (int i = 0; i < elements.length; i++) {
      Rows.fill(array, i, 1, elements[i]);
    }
    return array;
  }

  private static Tensor tensor(Object array, int size) {
    return array instanceof float[] floats
        ? Tensor.of(Arrays.copyOf(floats, size))
        : Tensor.of(Arrays.copyOf((double[]) array, size));
  }

  private void convolutions() {
    Window strided = Window.UNIT.stride(2, 3).padding(1, 0);
    for (Window window : List.of(Window.UNIT, strided)) {
      for (int batch : new int[] {1, 5, 13}) {
        Tensor x = draw(batch, 4, 9, 11);
        Tensor w = draw(6, 2, 3, 2);
        Tensor y = Convolutions.conv2d(x, w, draw(6), window, 2).mul(0.5);
        List<Slide> slides = HiddenWindows.over(window, new int[] {9, 11}, 3, 2);
        String name = " of " + batch + " by " + window.strides();
        add("convolution" + name, () -> Convolutions.conv2d(x, w, null, window, 2));
        add("transposed" + name, () -> Convolutions.convTranspose2d(y, w, null, window, 2));
        add("weight" + name, () -> HiddenOps.convolutionWeight(slides, 2).applyTo(x, y));
        add("channels" + name, () -> HiddenOps.channelSum().applyTo(y));
        add("unfold" + name, () -> Convolutions.unfold(x, new int[] {3, 2}, window));
        Tensor columns = Convolutions.unfold(x, new int[] {3, 2}, window);
        int[] lengths = {9, 11};
        add("fold" + name, () -> Convolutions.fold(columns, lengths, new int[] {3, 2}, window));
      }
    }
  }

  private void pools() {
    Window side = Window.UNIT.stride(2);
    Window overlapping = Window.UNIT.stride(2, 1).padding(1);
    for (int[] shape : new int[][] {{1, 5, 7, 9}, {3, 7, 8, 6}, {2, 1, 5, 4}}) {
      Tensor x = draw(shape);
      for (Window window : List.of(side, overlapping)) {
        int[] kernel = {2, window.paddings().getFirst() + 2};
        List<Slide> slides = HiddenWindows.over(window, new int[] {shape[2], shape[3]}, kernel);
        String name = " of " + Arrays.toString(shape) + " by " + window.strides();
        POOLINGS.forEach(
            pooling -> add(pooling.getName() + name, () -> pooled(pooling, x, kernel, window)));
        Tensor y = Pooling.maxPool2d(x, kernel, window).mul(0.5);
        loops.put(
            "largest" + name,
            () -> {
              Pooling.MaxPooled pooled = Pooling.maxPool2dWithIndices(x, kernel, window);
              return List.of(pooled.values(), pooled.indices());
            });
        add("spread largest" + name, () -> HiddenOps.maxPoolGradient(slides).applyTo(x, y));
        add("pick" + name, () -> HiddenOps.maxPoolPick(slides).applyTo(x, x));
        loops.put(
            "means" + name,
            () -> {
              Tensor tracked = x.requiresGrad();
              Tensor means = Pooling.avgPool2d(tracked, kernel, window, true);
              return List.of(means, means.mul(means).sum().backward().of(tracked));
            });
      }
    }
  }

  private static Tensor pooled(Method pooling, Tensor x, int[] kernel, Window window) {
    try {
      return (Tensor) pooling.invoke(null, x, kernel, window);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(pooling.toString(), e);
    }
  }

  private void formulas() {
    for (int[] dims : new int[][] {{997}, {31, 5}, {7, 3, 65}}) {
      add("map " + Arrays.toString(dims), () -> map(dims));
    }
    fold("one line", new int[] {40_000}, 0);
    fold("lines", new int[] {67, 71}, 1);
    fold("short lines", new int[] {67, 13}, 1);
    fold("rows", new int[] {19, 131}, 0);
    fold("long rows", new int[] {2_500, 3}, 0);
    fold("stacked rows", new int[] {3, 9, 70}, 1);
    fold("rows of stacks", new int[] {9, 5, 9}, 0, 2);
  }

  private void movements() {
    Tensor x = Tensor.uniform(random, dtype, -1, 1, 37, 3, 41);
    Tensor indices =
        Tensor.ofInts(5, 0, 36, 5, 17, 2, 30).reshape(7, 1, 1).expand(Shape.of(7, 3, 41));
    add("copy", () -> new Copy().applyTo(x.permute(2, 0, 1)));
    add("gather", () -> new Gather(0).applyTo(x, indices));
    Tensor part = Tensor.uniform(random, dtype, -1, 1, 300, 150); // three of them are two blocks
    add("concat", () -> Tensor.concat(1, List.of(part, part, part)));
  }

  private void recurrences() {
    int size = 80; // two blocks of the weight's gradient
    Formula gate = A.add(B);
    Op recurrence = new Recurrence(List.of(gate.tanh(), gate), 1, 1, false);
    Tensor x = Tensor.uniform(random, dtype, -1, 1, 3, 2, size);
    Tensor weight = Tensor.uniform(random, dtype, -.1, .1, size, size).requiresGrad();
    Tensor start = Tensor.uniform(random, dtype, -1, 1, 2, size);
    add(
        "recurrence",
        () -> {
          Tensor y = recurrence.apply(List.of(x, weight, start)).getFirst();
          return y.sum().backward().of(weight);
        });
  }

  /** A plan of its own for every call: those of tensors are known from the first one on. */
  private Tensor map(int... dims) {
    Shape shape = Shape.of(dims);
    int[] reversed = shape.rowMajorStrides();
    int[] perColumn = new int[dims.length];
    perColumn[dims.length - 1] = 1;
    Plan plan =
        MapStages.of(List.of(A.mul(B).tanh()), 2)
            .plan(dtype, dims, List.of(reversed, perColumn), 1);
    return run(plan, shape.size(), shape.size());
  }

  private void fold(String name, int[] dims, int... axes) {
    boolean[] reduced = new boolean[dims.length];
    int results = Shape.of(dims).size();
    for (int axis : axes) {
      reduced[axis] = true;
      results /= dims[axis];
    }
    int count = results;
    for (Reduction reduction : List.of(Reduction.SUM, Reduction.MAX)) {
      add(
          reduction + " of " + name,
          () -> {
            List<int[]> strides = new ArrayList<>();
            strides.add(Shape.of(dims).rowMajorStrides());
            strides.add(Shape.of(dims).rowMajorStrides());
            Plan plan = FoldLoop.plan(reduction, A.mul(B), dtype, dims, reduced, strides);
            return run(plan, Shape.of(dims).size(), count);
          });
    }
  }

  /** A plan of two inputs on inputs that are the same in every call. */
  private Tensor run(Plan plan, int size, int results) {
    SplittableRandom same = new SplittableRandom(size);
    Object a = array(Tensor.uniform(same, dtype, -1, 1, size));
    Object b = array(Tensor.uniform(same, dtype, -1, 1, size));
    Object result = Scratch.of(dtype, results);
    plan.run(new Object[] {a, b, result}, new int[3]);
    return tensor(result, results);
  }
}
