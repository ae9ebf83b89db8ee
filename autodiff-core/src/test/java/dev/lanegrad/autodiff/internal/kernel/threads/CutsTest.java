package dev.lanegrad.autodiff.internal.kernel.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lanegrad.autodiff.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Loops that threads share give the same bits in however many parts, and every place that cuts a
 * loop takes part in this test.
 */
class CutsTest {
  @Test
  void partsChangeNoBitOfAnyKernel() throws Exception {
    String vector = run("-Dlanegrad.threads=4", "-Dlanegrad.warmup=none");
    String scalar = run("-Dlanegrad.threads=48", "-Dlanegrad.kernels=scalar");
    for (String output : List.of(vector, scalar)) {
      assertTrue(output.stripTrailing().endsWith("done"), output);
      assertFalse(output.contains("differs"), output);
    }
    Set<String> reached = new TreeSet<>(placesIn(vector));
    reached.addAll(placesIn(scalar));
    assertEquals(placesThatCut(), reached);
  }

  private static String run(String... options) throws Exception {
    return ChildJvm.run(List.of(options), Cuts.class);
  }

  private static List<String> placesIn(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("cut "))
        .map(line -> line.substring("cut ".length()))
        .toList();
  }

  /** Every line outside of {@link Workers} that asks it to cut a loop. */
  private static Set<String> placesThatCut() throws Exception {
    Path classes =
        Path.of(Workers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaClass workers = new ClassFileImporter().importPath(classes).get(Workers.class);
    return workers.getMethodCallsToSelf().stream()
        .filter(call -> !call.getOriginOwner().equals(workers))
        .filter(call -> Set.of("parts", "ranges").contains(call.getName()))
        .map(CutsTest::place)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String place(JavaMethodCall call) {
    return call.getOriginOwner().getName() + ":" + call.getLineNumber();
  }
}
