package dev.lanegrad.examples;

import dev.lanegrad.training.DataException;
import dev.lanegrad.training.PinnedArrays;
import java.io.PrintWriter;
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
  private Main() {}

  public static void main(String... arguments) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    PinnedArrays.warnOnce();
    System.exit(commandLine(out, err).execute(arguments));
  }

  /** All examples; a new one is one line here. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine commandLine = new CommandLine(CommandSpec.create().name("run"));
    commandLine.addSubcommand(new Mnist1dCommand(out));
    commandLine.addSubcommand(new DigitsCommand(out));
    commandLine.addSubcommand(new TransformerCommand(out));

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
    if (parsed.hasSubcommand()) {
      return new CommandLine.RunLast().execute(parsed);
    }
    CommandLine root = parsed.commandSpec().commandLine();
    PrintWriter out = root.getOut();
    out.println("./run NAME [OPTIONS] runs an example, ./run NAME --help lists its options.");
    out.println();
    list(root, out);
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
    err.println();
    if (isExample) {
      command.usage(err);
    } else {
      list(command, err);
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
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
    if (error instanceof DataException) {
      command.getErr().println("run: " + error.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw error;
  }
}
