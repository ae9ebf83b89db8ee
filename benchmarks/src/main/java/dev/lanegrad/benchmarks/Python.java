package dev.lanegrad.benchmarks;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Libraries of the {@code python3} on the path, which do steps of training. */
final class Python {
  private static final String PROGRAM = "python3";

  /** Does the steps; it answers as {@link Worker} does. */
  private static final String SCRIPT = "steps.py";

  private static final String QUESTION =
      """
      import importlib.util as u
      print(*[m for m in ("torch", "jax") if u.find_spec(m) and u.find_spec("numpy")])
      """;

  private Python() {}

  /** Those that are installed; says in one line if there are none. */
  static List<Contender> libraries() throws IOException {
    return libraries(PROGRAM);
  }

  /**
   * The same for another Python.
   *
   * @param program what starts it
   */
  static List<Contender> libraries(String program) throws IOException {
    String answer;
    try {
      answer = output(program, "-c", QUESTION);
    } catch (IOException _) {
      System.err.printf("bench: --python: there is no %s on the path%n", program);
      return List.of();
    }
    List<Contender> found = new ArrayList<>();
    for (String module : answer.strip().split(" ", -1)) {
      switch (module) {
        case "torch" -> found.add(Contender.TORCH);
        case "jax" -> found.add(Contender.JAX);
        default -> {}
      }
    }
    if (found.isEmpty()) {
      System.err.printf(
          "bench: --python: the %s on the path has neither torch nor jax (with numpy)%n", program);
    }
    return found;
  }

  /** The command that starts a library. */
  static List<String> command(Contender library) throws IOException {
    return List.of(
        PROGRAM, script().toString(), library.module(), Integer.toString(library.threads()));
  }

  /**
   * The command for a whole training, which tells its start as {@link StartProgram} does.
   *
   * @param arguments those of {@link StartProgram}
   */
  static List<String> start(Contender library, int threads, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(PROGRAM, script().toString(), library.module(), Integer.toString(threads)));
    command.addAll(arguments);
    return command;
  }

  /** Python reads files, not jars. */
  private static Path script() throws IOException {
    Path file = Files.createTempFile("lanegrad", SCRIPT);
    file.toFile().deleteOnExit();
    try (InputStream resource = Python.class.getResourceAsStream(SCRIPT)) {
      if (resource == null) {
        throw new FileNotFoundException(SCRIPT);
      }
      Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
