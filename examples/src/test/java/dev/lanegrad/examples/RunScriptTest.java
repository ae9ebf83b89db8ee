package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run} in a project whose Maven and whose JDK only say that they were called. */
class RunScriptTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "built in $PWD by $JAVA_HOME"
      sleep "${BUILD_SECONDS:-0}"
      mkdir -p examples/target/lib benchmarks/target
      touch benchmarks/target/benchmarks.jar
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      printf 'java'
      printf ' <%s>' "$@"
      for argument in "$@"; do
        if [[ $argument == -XX:ArchiveClassesAtExit=* ]]; then
          touch "${argument#*=}"
        fi
      done
      """;

  @TempDir private Path folder;
  private Path project;
  private Path jdk;

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "there are no shell scripts");
    project = Files.createDirectories(folder.resolve("a project"));
    for (String file : List.of("run", "config/jdk")) {
      write(project.resolve(file), Files.readString(Path.of("..").resolve(file)));
    }
    write(project.resolve("mvnw"), MAVEN);
    Files.writeString(project.resolve("pom.xml"), "<p>\n  <version>1.2.3</version>\n</p>\n");
    jdk = folder.resolve("jdk");
    write(jdk.resolve("bin").resolve("java"), JAVA);
    write(jdk.resolve("bin").resolve("javac"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
  }

  private static void write(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    assertTrue(file.toFile().setExecutable(true));
  }

  private Process start(Path from, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().remove("LANEGRAD_JAVA_OPTS");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Outcome end(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, err);
  }

  private Outcome run(Path from, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    return end(start(from, Map.of(), command));
  }

  private Path lock() throws IOException {
    return Files.createDirectories(project.resolve("examples").resolve("target"))
        .resolve("run.lock");
  }

  private void assertBuilt(Outcome outcome) throws IOException {
    assertEquals(0, outcome.code, outcome::toString);
    assertTrue(
        outcome.err.contains("built in " + project.toRealPath() + " by " + jdk), outcome::toString);
    assertTrue(outcome.out.endsWith(" <dev.lanegrad.examples.Main> <name>"), outcome::toString);
    assertFalse(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void buildsOnce() throws Exception {
    assertBuilt(run(project, Path.of("./run"), "name"));
    assertEquals("", run(folder, project.resolve("run"), "name").err);
  }

  @Test
  void aLinkBuildsWhereItLeads() throws Exception {
    Path links = Files.createDirectories(folder.resolve("some links"));
    Path relative = Files.createSymbolicLink(links.resolve("a"), Path.of("../a project/run"));
    Path absolute = Files.createSymbolicLink(folder.resolve("b"), project.resolve("run"));
    Path twice = Files.createSymbolicLink(folder.resolve("c"), Path.of("some links/a"));
    Path byFolder = Files.createSymbolicLink(folder.resolve("d"), project).resolve("run");
    for (Path link : List.of(relative, absolute, twice, byFolder)) {
      Files.deleteIfExists(project.resolve("examples/target/run.stamp"));
      assertBuilt(run(links, link, "name"));
    }
    assertBuiltFromPath(links);
  }

  private void assertBuiltFromPath(Path links) throws Exception {
    Files.deleteIfExists(project.resolve("examples/target/run.stamp"));
    Map<String, String> path = Map.of("PATH", links + ":" + System.getenv("PATH"), "CDPATH", "/");
    assertBuilt(end(start(folder, path, List.of("bash", "-c", "a name"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "folder with a dead process", "file", "link to a dead process"})
  void whatAKilledRunLeftIsNoHindrance(String kind) throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    switch (kind) {
      case "folder" -> Files.createDirectories(lock());
      case "folder with a dead process" ->
          Files.writeString(Files.createDirectories(lock()).resolve("pid"), dead.pid() + "\n");
      case "file" -> Files.writeString(lock(), "");
      default -> Files.createSymbolicLink(lock(), Path.of(Long.toString(dead.pid())));
    }
    assertBuilt(run(project, Path.of("./run"), "name"));
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Map<String, String> slow = Map.of("BUILD_SECONDS", "3");
    Process first = start(project, slow, List.of("./run", "name"));
    while (!Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    Outcome second = end(start(project, slow, List.of("./run", "name")));
    assertBuilt(end(first));
    assertEquals(0, second.code);
    assertTrue(
        second.err.startsWith("run: waiting for process " + first.pid() + ", which is building"),
        second::toString);
    assertFalse(second.err.contains("built"), second::toString);
  }

  @Test
  void laterRunsFindTheClassesOfThisJdkAsTheBuildLeftThem() throws Exception {
    String target = project.toRealPath().resolve("examples/target/run-").toString();
    String archive = " <-Xlog:disable> <-XX:SharedArchiveFile=" + target + "25000009.jsa>";
    String first = run(project, Path.of("./run"), "name").out;
    assertTrue(first.startsWith("java" + archive), first);
    assertEquals(first, run(folder, project.resolve("run"), "name").out);

    Process scalar =
        start(project, Map.of("LANEGRAD_NO_INCUBATOR", "1"), List.of("./run", "name"));
    assertFalse(end(scalar).out.contains("-XX:SharedArchiveFile"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"26\"\n");
    String other = run(project, Path.of("./run"), "name").out;
    assertFalse(other.contains("-XX:SharedArchiveFile"), other);
  }

  @Test
  void optionsOfTheJvmComeBeforeTheName() throws Exception {
    String[] options = {"-Xmx1g", "-Dkey=a value", "-ea", "--add-modules=jdk.jfr", "name", "-Dx"};
    String out = run(project, Path.of("./run"), options).out;
    assertTrue(
        out.matches(
            "java .*<-Xmx1g> <-Dkey=a value> <-ea> <--add-modules=jdk.jfr> .*Main> <name> <-Dx>"),
        out);
  }

  @Test
  void theVersionNeedsNoBuild() throws Exception {
    Outcome outcome = run(project, Path.of("./run"), "--version");
    assertEquals("Lanegrad 1.2.3\njava <--version>", outcome.out);
    assertEquals("", outcome.err);
  }

  @Test
  void whereNothingCanBeWrittenIsSaid() throws Exception {
    Files.writeString(project.resolve("examples"), "in the way of a folder");
    Outcome outcome = run(project, Path.of("./run"), "name");
    assertEquals(1, outcome.code);
    assertEquals(
        "run: the build needs to write to "
            + project.toRealPath()
            + ", which is not possible; copy the project to where it is",
        outcome.err.strip());
  }

  /** Where neither JAVA_HOME nor PATH has one; what lies in the usual places may be found. */
  @Test
  void anOldJdkIsPassedOver() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    Outcome outcome = end(start(project, Map.of(), List.of("config/jdk", "name")));
    if (outcome.code == 0) {
      assertFalse(outcome.out.contains(jdk.toString()), outcome::toString);
    } else {
      assertTrue(
          outcome.err.matches("name: no JDK 25 or newer found: install [^\n]+\n"),
          outcome::toString);
    }
    assertEquals(jdk + "\n", end(start(project, Map.of(), List.of("config/jdk", "--maven"))).out);
  }
}
