package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * What is chosen for products, for each kind of machine; {@link #TABLE} is the whole choice, and
 * {@code ./run bench --tiles} measures its entries on the machine at hand. Sizes are in bytes and
 * so are the same for both dtypes, whose vectors hold twice as many floats as doubles.
 *
 * <ul>
 *   <li>Tile: rows by {@value MatMulTiling#VECTORS} vectors, so its accumulators fill the
 *       registers; a single row is 1 by {@value MatMulTiling#VECTORS_OF_ONE_ROW}. A height from
 *       {@code lowest} up that divides all rows is taken throughout. On panels one turn of the loop
 *       along k is {@code steps} for floats, the next number for doubles; {@code fence} are the
 *       rows between branches that are never taken, and with {@code fixed} tiles on panels are made
 *       for the panels' widths, see {@link MatMulWriter}.
 *   <li>Block: {@code depth} along k, KB of A that stay in the second-level cache, KB of B that are
 *       packed at once; but where A is one block only so many KB as stay near it in that cache,
 *       unless {@code near} is 0.
 *   <li>A is packed from so many columns of C on; where it lies transposed, if it also has so many
 *       KB. B is packed from so many rows of C on, if it has so many KB; transposed it always is.
 *   <li>A single row goes along the rows of B, see {@link RowLoop}, from so many columns and KB of
 *       B on. A single column is {@link ColumnLoop}'s, whatever the machine.
 * </ul>
 */
public record ProductTable(
    int rows,
    int lowest,
    int steps,
    int stepsOfDoubles,
    int fence,
    boolean fixed,
    int depth,
    int left,
    int right,
    int near,
    int columnsToPackLeft,
    int bytesToPackTransposed,
    int rowsToPackRight,
    int bytesToPackRight,
    int columnsToGoAlong,
    int bytesToGoAlong) {

  /**
   * 16 registers are x86 with vectors of 128 or 256 bits, found on an AMD Zen 2; 32 are x86 with
   * 512 bits; ARM has 32 of 128 bits and was not measured.
   */
  private static final String TABLE =
      """
                   | tile                         | block             | A packed | B packed| row
      machine      |rows lowest steps  fence fixed| depth A  B near KB|  cols  KB| rows KB | cols KB
      16-registers |  6    6      2 4   2     1   | 512  240 4096 400 |   96   16|  48  32 | 384 512
      32-registers | 12   10      1 1   0     0   | 512  480 4096   0 |  160  256|  72  48 | 384 512
      arm          | 12   10      1 1   0     0   | 512  480 4096   0 |  160  256|  72  48 | 384 512
      """;

  /** What the numbers of a row are called, in the order of {@code lanegrad.tiles}. */
  public static final List<String> ENTRIES =
      List.of(
          "rows",
          "lowest",
          "steps of floats",
          "steps of doubles",
          "fence",
          "fixed",
          "depth",
          "A-KB",
          "B-KB",
          "B-KB near A",
          "columns to pack A",
          "KB to pack transposed A",
          "rows to pack B",
          "KB to pack B",
          "columns to go along rows",
          "KB to go along rows");

  private static final int KILO = 1 << 10;

  /** What is chosen on this kind of processor for vectors of so many bits. */
  static ProductTable at(int bits) {
    if (!Settings.TILES.isEmpty()) {
      return parse(Settings.TILES);
    }
    return row(Settings.ARM ? "arm" : bits == 512 ? "32-registers" : "16-registers");
  }

  /** The numbers of the machine's row, sizes in KB. */
  public static int[] numbers() {
    ProductTable table = at(Lanes.BITS);
    return new int[] {
      table.rows,
      table.lowest,
      table.steps,
      table.stepsOfDoubles,
      table.fence,
      table.fixed ? 1 : 0,
      table.depth,
      table.left / KILO,
      table.right / KILO,
      table.near / KILO,
      table.columnsToPackLeft,
      table.bytesToPackTransposed / KILO,
      table.rowsToPackRight,
      table.bytesToPackRight / KILO,
      table.columnsToGoAlong,
      table.bytesToGoAlong / KILO
    };
  }

  /** What is chosen on any. */
  static List<ProductTable> everywhere() {
    return List.of(row("16-registers"), row("32-registers"), row("arm"));
  }

  private static ProductTable row(String machine) {
    int line = TABLE.indexOf("\n" + machine);
    return parse(TABLE.substring(TABLE.indexOf('|', line), TABLE.indexOf('\n', line + 1)));
  }

  /** The numbers of a row, with spaces, bars or commas between them. */
  private static ProductTable parse(String row) {
    StringTokenizer numbers = new StringTokenizer(row, "|, ");
    int[] n = new int[numbers.countTokens()];
    for (int i = 0; i < n.length; i++) {
      n[i] = Integer.parseInt(numbers.nextToken());
    }
    if (n.length != ENTRIES.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a row of the table has %d numbers, not those of %s",
              ENTRIES.size(),
              row));
    }
    return new ProductTable(
        n[0],
        n[1],
        n[2],
        n[3],
        n[4],
        n[5] == 1,
        n[6],
        n[7] * KILO,
        n[8] * KILO,
        n[9] * KILO,
        n[10],
        n[11] * KILO,
        n[12],
        n[13] * KILO,
        n[14],
        n[15] * KILO);
  }
}
