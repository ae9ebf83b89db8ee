package dev.lanegrad.examples;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code ./run} starts: lists the examples, or runs the one that is named. */
@Command(
    name = "run",
    subcommands = Mnist1dCommand.class,
    mixinStandardHelpOptions = false,
    sortOptions = false)
public final class Main implements Callable<Integer> {
  /** The exit code for a name or an option that does not exist, or a value that does not fit. */
  static final int USAGE = CommandLine.ExitCode.USAGE;

  @Spec private CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this text.")
  private boolean help;

  public static void main(String... arguments) {
    int code = commandLine().execute(arguments);
    System.out.flush();
    System.exit(code);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(Main::explain);
    return commandLine;
  }

  /** Without a name: the list. */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("./run NAME [OPTIONS] runs one; ./run NAME --help says what its options are.");
    out.println();
    list(spec.commandLine(), out);
    return CommandLine.ExitCode.OK;
  }

  private static void list(CommandLine root, PrintWriter out) {
    out.println("Examples:");
    root.getSubcommands()
        .forEach(
            (name, command) ->
                out.printf(
                    "  %-10s %s%n",
                    name, command.getCommandSpec().usageMessage().description()[0]));
    out.flush();
  }

  /** Says what is wrong, then what there is instead. */
  private static int explain(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("run: " + message(error));
    err.println();
    if (command.getParent() == null) {
      list(command, err);
    } else {
      command.usage(err);
    }
    err.flush();
    return USAGE;
  }

  private static String message(ParameterException error) {
    boolean isName =
        error.getCommandLine().getParent() == null
            && error instanceof UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().getFirst().startsWith("-");
    return isName
        ? "there is no example \"%s\""
            .formatted(((UnmatchedArgumentException) error).getUnmatched().getFirst())
        : error.getMessage();
  }
}
