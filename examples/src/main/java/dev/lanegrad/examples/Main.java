package dev.lanegrad.examples;

import dev.lanegrad.autodiff.PropertyException;
import dev.lanegrad.examples.lectures.Lectures;
import dev.lanegrad.examples.site.SiteException;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.PinnedArrays;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What {@code ./run} starts: lists the examples, or runs the one that is named. Exit codes: 0, 1
 * for a failure, 2 for a name or an option that does not exist or a value that does not fit.
 */
public final class Main {
  private static final String SURROUNDINGS =
      """
      Options for the JVM come before the name: ./run -Dlanegrad.kernels=scalar -Xmx2g mnist1d
        -Dlanegrad.kernels=vector|scalar        what runs the loops
        -Dlanegrad.vector.bits=128|256|512      vector width, at most the machine's
        -Dlanegrad.threads=N                    threads that share one large loop
        -Dlanegrad.warmup=background|none       scalar loops until the JIT has compiled, or not
        -Dlanegrad.warmup.patience=N            seconds after which a slow kernel is reported
        -Dlanegrad.trace=true                   errors in a reverse pass name the line of a node
        -Dlanegrad.dump=FOLDER                  writes the generated kernel classes there
        -Xmx2g, -ea, --add-modules=..., ...     and whatever else java knows

      Environment:
        JAVA_HOME              the JDK, 25 or newer; else one is looked for
        LANEGRAD_JAVA_OPTS     more options for the JVM, separated by spaces
        LANEGRAD_NO_INCUBATOR  if set, the vector module is left out, for scalar kernels

      ./run --version says which version this is. Exit codes: 0, 1 for a failure, 2 for a name or an
      option that does not exist or a value that does not fit.
      """;

  /** In the order in which they are listed. */
  private static final List<String> EXAMPLES =
      List.of("mnist1d", "digits", "transformer", "optimizers", "tune", "lectures", "docs");

  private Main() {}

  public static void main(String... arguments) {
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    PinnedArrays.warnOnce();
    System.exit(run(Output.standard(), err, arguments));
  }

  /** Runs what is asked for; the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      int code = commandLine(asked(arguments), out, err).execute(arguments);
      out.flush();
      return code;
    } catch (UncheckedIOException e) { // of the last words
      err.println("run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** A new example is one line here, and its name above. */
  private static Object example(String name, PrintWriter out) {
    return switch (name) {
      case "mnist1d" -> new Mnist1dCommand(out);
      case "digits" -> new DigitsCommand(out);
      case "transformer" -> new TransformerCommand(out);
      case "optimizers" -> new OptimizersCommand(out);
      case "tune" -> new TuneCommand(out);
      case "lectures" -> new LecturesCommand(out, Lectures.parts());
      case "docs" -> new DocsCommand(out);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The example that is named: to know the options of all takes a third of a second. */
  private static List<String> asked(String... arguments) {
    return arguments.length > 0 && EXAMPLES.contains(arguments[0])
        ? List.of(arguments[0])
        : EXAMPLES;
  }

  /** All examples. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(EXAMPLES, out, err);
  }

  private static CommandLine commandLine(List<String> examples, PrintWriter out, PrintWriter err) {
    CommandLine commandLine = new CommandLine(CommandSpec.create().name("run"));
    for (String name : examples) {
      commandLine.addSubcommand(name, example(name, out));
    }
    commandLine.getCommandSpec().addOption(helpOption());
    return commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::runOrList)
        .setParameterExceptionHandler((error, _) -> explain(error))
        .setExecutionExceptionHandler(Main::fail);
  }

  private static OptionSpec helpOption() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .scopeType(ScopeType.INHERIT)
        .description("Shows this text.")
        .build();
  }

  private static int runOrList(ParseResult parsed) {
    try {
      return answer(parsed);
    } catch (UncheckedIOException e) { // of a help text
      parsed.commandSpec().commandLine().getErr().println("run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static int answer(ParseResult parsed) {
    if (parsed.hasSubcommand()) {
      return new CommandLine.RunLast().execute(parsed);
    }
    CommandLine root = parsed.commandSpec().commandLine();
    PrintWriter out = root.getOut();
    out.println("./run NAME [OPTIONS] runs an example, ./run NAME --help lists its options.");
    out.println();
    list(root, out);
    out.printf("%n%s", SURROUNDINGS);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static void list(CommandLine root, PrintWriter out) {
    out.println("Examples:");
    root.getSubcommands()
        .forEach((name, command) -> out.printf("  %-11s %s%n", name, summary(command)));
    out.printf("%nSpeed:%n  %-11s %s%n", "bench", "Compares vector kernels with scalar ones.");
    out.flush();
  }

  private static String summary(CommandLine command) {
    return command.getCommandSpec().usageMessage().description()[0];
  }

  /** Says what is wrong, then what there is instead. */
  private static int explain(ParameterException error) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    boolean isExample = command.getParent() != null;
    err.println("run: " + (isExample ? error.getMessage() : unknownName(error)));
    jvmOption(error)
        .ifPresent(
            option ->
                err.printf(
                    "run: options for the JVM come before the name: ./run %s %s%n",
                    option, isExample ? command.getCommandName() : "NAME"));
    err.println();
    if (isExample) {
      command.usage(err);
    } else {
      list(command, err);
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** What java would have taken. */
  private static Optional<String> jvmOption(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream()
            .filter(option -> option.matches("-(D|X|ea|esa|verbose:|agent|javaagent:|-add-).*"))
            .findFirst()
        : Optional.empty();
  }

  private static String unknownName(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return first.startsWith("-")
          ? "there is no option %s before the name of an example".formatted(first)
          : "there is no example \"%s\"".formatted(first);
    }
    return String.valueOf(error.getMessage());
  }

  private static int fail(Exception error, CommandLine command, ParseResult parsed)
      throws Exception {
    if (error instanceof SettingException) {
      return explain(new ParameterException(command, error.getMessage(), error));
    }
    if (error instanceof DataException
        || error instanceof PropertyException
        || error instanceof SiteException
        || error instanceof UncheckedIOException) {
      command.getErr().println("run: " + error.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw error;
  }
}
