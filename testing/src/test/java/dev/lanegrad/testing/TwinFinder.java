package dev.lanegrad.testing;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is written twice for two types of elements: classes, methods, cases, lambdas and
 * statements whose tokens are the same but for the types and for what variables are called.
 */
final class TwinFinder {
  private final int shortest;
  private final Map<List<String>, List<Piece>> shapes = new LinkedHashMap<>();

  private TwinFinder(int shortest) {
    this.shortest = shortest;
  }

  /** Two pieces of source in one shape. */
  record Pair(Piece first, Piece second) {
    @Override
    public String toString() {
      return first + " ~ " + second;
    }
  }

  /**
   * A piece of source, which is only equal to itself.
   *
   * @param name the method or class that it is or lies in
   * @param around the pieces that it is a part of
   */
  record Piece(Path file, String name, long line, Tokens tokens, List<Piece> around) {
    /** Such as Tensor#of. */
    String place() {
      return file.getFileName().toString().replace(".java", "#") + name;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return file.getFileName() + ":" + line + " " + name;
    }
  }

  /**
   * Pairs that are not part of larger pairs.
   *
   * @param files of Java
   * @param shortest how many tokens a piece has at least
   */
  static List<Pair> find(Collection<Path> files, int shortest) throws IOException {
    TwinFinder finder = new TwinFinder(shortest);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        finder.new Pieces(unit, positions).scan(unit, null);
      }
    }
    return finder.pairs();
  }

  private List<Pair> pairs() {
    List<List<Piece>> largestFirst = new ArrayList<>(shapes.values());
    largestFirst.sort((a, b) -> b.getFirst().tokens.size() - a.getFirst().tokens.size());
    List<Pair> pairs = new ArrayList<>();
    Set<Pair> known = new HashSet<>();
    for (List<Piece> alike : largestFirst) {
      Piece first = alike.getFirst();
      for (Piece other : alike) {
        if (first.tokens.differsInTypesFrom(other.tokens)) {
          boolean inside =
              first.around.stream()
                  .anyMatch(
                      a -> other.around.stream().anyMatch(b -> known.contains(new Pair(a, b))));
          Pair pair = new Pair(first, other);
          known.add(pair);
          if (!inside) {
            pairs.add(pair);
          }
        }
      }
    }
    return pairs;
  }

  /** Puts what may have a twin under its shape. */
  private final class Pieces extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final Path file;
    private final Tokens all;
    private final SourcePositions positions;
    private final Deque<Piece> around = new ArrayDeque<>();
    private String name = "";

    Pieces(CompilationUnitTree unit, SourcePositions positions) throws IOException {
      this.unit = unit;
      this.file = Path.of(unit.getSourceFile().toUri());
      this.all = Tokens.of(unit.getSourceFile().getCharContent(true));
      this.positions = positions;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
      String outer = name;
      if (tree instanceof MethodTree method) {
        name = method.getName().toString();
      } else if (tree instanceof ClassTree type) {
        name = type.getSimpleName().toString();
      }
      boolean isPiece =
          tree instanceof StatementTree
              || tree instanceof MethodTree
              || tree instanceof CaseTree
              || tree instanceof LambdaExpressionTree;
      boolean isAdded = isPiece && add(tree);
      super.scan(tree, null);
      if (isAdded) {
        around.pop();
      }
      name = outer;
      return null;
    }

    private boolean add(Tree tree) {
      long start = positions.getStartPosition(unit, tree);
      long end = positions.getEndPosition(unit, tree);
      if (end < start) { // what the compiler adds has no end
        return false;
      }
      Tokens tokens = all.between(start, end);
      if (tokens.size() < shortest) {
        return false;
      }
      long line = unit.getLineMap().getLineNumber(start);
      Piece piece = new Piece(file, name, line, tokens, List.copyOf(around));
      shapes.computeIfAbsent(tokens.shape(), _ -> new ArrayList<>()).add(piece);
      around.push(piece);
      return true;
    }
  }
}
