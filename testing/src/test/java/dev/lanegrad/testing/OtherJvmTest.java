package dev.lanegrad.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OtherJvmTest {
  /** Needs a class of a jar and one of a folder. */
  static final class Program {
    public static void main(String... arguments) {
      System.out.println(Test.class.getSimpleName() + " " + new BitsHash().add(new int[] {1}));
      System.out.println(System.getProperty("some.option") + " " + String.join(",", arguments));
    }
  }

  @Test
  void classesAreFoundInJarsAndInFolders() throws Exception {
    OtherJvm jvm = new OtherJvm(List.of("-Dsome.option=7"), List.of(Test.class, BitsHash.class));

    List<String> lines = jvm.run(Program.class, "a", "b").lines().toList();

    String hash = new BitsHash().add(new int[] {1}).toString();
    assertEquals(List.of("Test " + hash, "7 a,b"), lines.subList(lines.size() - 2, lines.size()));
  }
}
