package dev.lanegrad.autodiff.internal.kernel.products;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.compilation.Pace;
import dev.lanegrad.autodiff.internal.kernel.compilation.WarmupThread;
import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.internal.kernel.copying.DoubleSquares;
import dev.lanegrad.autodiff.internal.kernel.copying.FloatSquares;
import dev.lanegrad.autodiff.internal.kernel.loops.LoopFuzz;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Tile;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Jit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kernel that matrix products are made of, by itself: interpreted, while the JIT works on it,
 * and compiled, against the definition of a product.
 */
class MatMulKernelsTest {
  private static final int ROUNDS = 60;

  /** Calls between two looks at the result. */
  private static final int CALLS = 100;

  /** What an operation may take, in steps of the machine's pace. */
  private static final double COMPILED_STEPS = 3;

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void everyTileGivesTheBitsOfTheDefinition(DType dtype) {
    SplittableRandom random = new SplittableRandom(1);
    int hot = 0;
    List<String> slow = new ArrayList<>();
    for (int bits : Widths.ALL) {
      List<Tile> ofThisMachine = MatMulTiling.at(dtype, bits).tiles();
      for (Tile tile : tilesOfAllMachines(dtype, bits)) {
        Trial trial = new Trial(tile, bits, random);
        trial.run();
        if (!Widths.isEmulated(bits) && ofThisMachine.contains(tile)) {
          hot++;
          if (!trial.becomesFast()) {
            slow.add(tile + " at " + bits + " bits");
          }
        }
      }
    }
    System.out.printf(
        "matmul: %d tiles in %s hot, of which %d stayed slow%n", hot, dtype, slow.size());
    assertTrue(slow.size() <= hot / 10, () -> "waited in vain for the JIT to compile " + slow);
  }

  private static List<Tile> tilesOfAllMachines(DType dtype, int bits) {
    return MatMulTiling.everywhere(dtype, bits).stream()
        .flatMap(tiling -> tiling.tiles().stream())
        .distinct()
        .toList();
  }

  /** A kernel and what it is to give. */
  private static final class Trial {
    private static final int INNER = 25;

    private final Tile tile;
    private final String what;
    private final MatMulKernel kernel;
    private final int width;
    private final int step;
    private final Object left;
    private final Object right;
    private final double[] before;
    private final double[] fresh;
    private final double[] more;

    Trial(Tile tile, int bits, SplittableRandom random) {
      this.tile = tile;
      this.what = tile + " at " + bits + " bits";
      this.kernel = MatMulWriter.kernel(tile, bits);
      this.width = tile.vectors() * bits / (8 * tile.dtype().bytes());
      this.step = tile.left() == Left.ROWS ? INNER : tile.rows();
      double[] a = numbers(random, tile.rows() * INNER);
      double[] b = numbers(random, INNER * width);
      this.left = Bits.array(tile.dtype(), a);
      this.right = Bits.array(tile.dtype(), b);
      this.before = numbers(random, tile.rows() * width);
      this.fresh = product(tile, a, b, INNER, width, new double[before.length]);
      this.more = product(tile, a, b, INNER, width, before);
    }

    /** Once going on from what is there, and once from zero. */
    void run() {
      calls(1);
    }

    boolean becomesFast() {
      for (int round = 0; round < ROUNDS; round++) {
        calls(CALLS);
      }
      double steps = COMPILED_STEPS * INNER * tile.rows() * (tile.vectors() + 1);
      return Jit.brings(() -> calls(CALLS) < steps * Pace.nanos());
    }

    /** What a call takes. */
    private double calls(int calls) {
      Object c = Bits.array(tile.dtype(), before);
      kernel.run(INNER, left, 0, step, right, 0, width, c, 0, width, true);
      Bits.assertSame(more, Bits.doubles(c), what + ", going on");
      long start = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        kernel.run(INNER, left, 0, step, right, 0, width, c, 0, width, false);
      }
      double nanos = (System.nanoTime() - start) / (double) calls;
      Bits.assertSame(fresh, Bits.doubles(c), what + ", from zero");
      return nanos;
    }
  }

  private static double[] product(
      Tile tile, double[] a, double[] b, int inner, int width, double[] before) {
    double[] c = before.clone();
    for (int i = 0; i < tile.rows(); i++) {
      for (int j = 0; j < width; j++) {
        for (int k = 0; k < inner; k++) {
          double factor = tile.left() == Left.ROWS ? a[i * inner + k] : a[k * tile.rows() + i];
          int at = i * width + j;
          c[at] = LoopFuzz.fma(tile.dtype(), factor, b[k * width + j], c[at]);
        }
      }
    }
    return c;
  }

  /** Numbers that both dtypes have. */
  private static double[] numbers(SplittableRandom random, int count) {
    return random.doubles(count, -1, 1).map(x -> (float) x).toArray();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void columnsGiveTheSixteenChainsOfTheDefinition(DType dtype) {
    SplittableRandom random = new SplittableRandom(1);
    int turns = 7;
    int step = turns * ColumnLoop.CHAINS + 3;
    for (int bits : Widths.ALL) {
      int rows = ColumnTile.rows(bits / (8 * dtype.bytes()));
      ColumnKernel kernel = ColumnWriter.kernel(dtype, bits, rows);
      double[] a = numbers(random, 2 + rows * step);
      double[] x = numbers(random, 1 + step);
      double[] expected = new double[rows * ColumnLoop.CHAINS];
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < turns * ColumnLoop.CHAINS; k++) {
          int chain = i * ColumnLoop.CHAINS + k % ColumnLoop.CHAINS;
          expected[chain] = LoopFuzz.fma(dtype, a[2 + i * step + k], x[1 + k], expected[chain]);
        }
      }
      Object sums = Bits.filled(dtype, expected.length, -1);
      for (int round = 0; round < (Widths.isEmulated(bits) ? 1 : 2 * ROUNDS * CALLS); round++) {
        kernel.run(turns, Bits.array(dtype, a), 2, step, Bits.array(dtype, x), 1, sums);
      }
      Bits.assertSame(expected, Bits.doubles(sums), rows + " rows at " + bits + " bits");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void rowsGoOnWithTheChainsOfTheDefinition(DType dtype) {
    SplittableRandom random = new SplittableRandom(1);
    for (int bits : Widths.ALL) {
      RowKernel kernel = RowWriter.kernel(dtype, bits, RowTile.ROWS);
      int lanes = bits / (8 * dtype.bytes());
      for (int vectors = 0; vectors <= 5; vectors++) {
        int step = vectors * lanes + 3;
        double[] x = numbers(random, 1 + RowTile.ROWS);
        double[] b = numbers(random, 2 + RowTile.ROWS * step);
        double[] before = numbers(random, 3 + step);
        double[] expected = before.clone();
        for (int k = 0; k < RowTile.ROWS; k++) {
          for (int j = 0; j < vectors * lanes; j++) {
            double element = b[2 + k * step + j];
            expected[3 + j] = LoopFuzz.fma(dtype, x[1 + k], element, expected[3 + j]);
          }
        }
        String what = vectors + " vectors of " + bits + " bits";
        boolean isEmulated = Widths.isEmulated(bits);
        assertGoesOn(kernel, dtype, isEmulated, vectors, x, b, step, before, expected, what);
      }
    }
  }

  @Test
  void blocksOfTheRightMatrixAreWholeTilesWhateverTheirDepth() {
    ProductTable table = MatMulTiling.of(DType.FLOAT32).table();
    int lanes = 4;
    for (int depth = 100; depth < 600; depth++) {
      ProductTable other =
          new ProductTable(
              table.rows(),
              table.lowest(),
              table.steps(),
              table.stepsOfDoubles(),
              table.fence(),
              table.fixed(),
              depth,
              table.left(),
              table.right(),
              table.near(),
              table.columnsToPackLeft(),
              table.bytesToPackTransposed(),
              table.rowsToPackRight(),
              table.bytesToPackRight(),
              table.columnsToGoAlong(),
              table.bytesToGoAlong());
      int width = new MatMulTiling(DType.FLOAT64, lanes, other).width();
      assertTrue(width > 0, other::toString);
      assertEquals(0, width % (MatMulTiling.VECTORS * lanes), other::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void linesGoOnWithTheChainsOfTheDefinition(DType dtype) {
    RowKernel kernel =
        dtype == DType.FLOAT32 ? FloatSquares::alongLines : DoubleSquares::alongLines;
    SplittableRandom random = new SplittableRandom(1);
    for (int turns = 0; turns <= 5; turns++) {
      int inner = turns * RowTile.alongLines(dtype).steps();
      int step = inner + 3;
      double[] x = numbers(random, 1 + step);
      double[] lines = numbers(random, 2 + RowTile.LINES * step);
      double[] before = numbers(random, 3 + RowTile.LINES);
      double[] expected = before.clone();
      for (int j = 0; j < RowTile.LINES; j++) {
        for (int k = 0; k < inner; k++) {
          expected[3 + j] = LoopFuzz.fma(dtype, x[1 + k], lines[2 + j * step + k], expected[3 + j]);
        }
      }
      boolean isEmulated = Widths.isEmulated(256);
      String what = turns + " turns along lines";
      assertGoesOn(kernel, dtype, isEmulated, turns, x, lines, step, before, expected, what);
    }
  }

  /** Interpreted, while the JIT works on it and after that. */
  private static void assertGoesOn(
      RowKernel kernel,
      DType dtype,
      boolean isEmulated,
      int count,
      double[] x,
      double[] b,
      int step,
      double[] before,
      double[] expected,
      String what) {
    Object row = Bits.array(dtype, x);
    Object matrix = Bits.array(dtype, b);
    for (int round = 0; round < (isEmulated ? 1 : ROUNDS * CALLS / 2); round++) {
      Object y = Bits.array(dtype, before);
      kernel.run(count, row, 1, matrix, 2, step, y, 3);
      if (round % CALLS == 0) {
        Bits.assertSame(expected, Bits.doubles(y), what + ", round " + round);
      }
    }
  }

  /** A is one block, so B is cut into blocks that stay beside it; its columns lie together. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void flatProductsAreChainsOverTheInnerDimension(DType dtype) {
    int rows = 31;
    int inner = 61;
    int columns = 8_500 / dtype.bytes();
    SplittableRandom random = new SplittableRandom(1);
    Object left = Bits.array(dtype, numbers(random, rows * inner));
    double[] byRows = numbers(random, inner * columns);
    double[] byColumns = new double[byRows.length];
    for (int i = 0; i < byRows.length; i++) {
      byColumns[i % columns * inner + i / columns] = byRows[i];
    }
    Operand a = new Operand(left, 0, new int[] {inner, 1});
    Operand rowsOfB = new Operand(Bits.array(dtype, byRows), 0, new int[] {columns, 1});
    Operand b = new Operand(Bits.array(dtype, byColumns), 0, new int[] {1, inner});
    Object expected = Bits.array(dtype, new double[rows * columns]);
    MatMulLoop.addRows(a, rowsOfB, expected, 0, rows, inner, columns);
    Object actual = Bits.array(dtype, new double[rows * columns]);
    for (int round = 0; round < 2; round++) {
      MatMulLoop.run(new int[0], a, b, actual, rows, inner, columns, Finish.NONE);
      Bits.assertSame(Bits.doubles(expected), Bits.doubles(actual), "round " + round);
      WarmupThread.awaitAll();
    }
  }

  @Test
  void stripsCoverAllRowsWithTwoHeightsAtMost() {
    for (MatMulTiling tiling : MatMulTiling.everywhere(DType.FLOAT32, 256)) {
      stripsCoverAllRows(tiling);
    }
  }

  private static void stripsCoverAllRows(MatMulTiling tiling) {
    for (int total = 1; total < 2_000; total++) {
      MatMulTiling.Strips strips = tiling.strips(total);
      int row = 0;
      for (int s = 0; s < strips.count(); s++) {
        assertEquals(row, strips.start(s));
        int height = strips.height(s);
        assertTrue(height >= strips.lowest() && height <= strips.tallest() && height >= 1);
        row += height;
      }
      assertEquals(total, row);
      assertTrue(strips.tallest() <= tiling.rows() && strips.tallest() - strips.lowest() <= 1);
    }
  }
}
