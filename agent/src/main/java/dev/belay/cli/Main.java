package dev.belay.cli;

import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Runs {@code java -jar belay.jar}. */
public final class Main {

    private Main() {}

    /** Ends the process with an exit code of the outside contract. */
    public static void main(String[] arguments) {
        ProgressLine progress = Ansi.AUTO.enabled() ? new ProgressLine(System.err) : ProgressLine.silent();
        System.exit(commandLine(Clock.systemUTC(), progress).execute(arguments));
    }

    static CommandLine commandLine(Clock clock, ProgressLine progress) {
        CommandLine line = new CommandLine(new BelayCommand())
                .addSubcommand(new ListCommand(clock))
                .addSubcommand(new ShowCommand(clock))
                .addSubcommand(new DiffCommand(progress))
                .addSubcommand(new VerifyCommand(progress))
                .addSubcommand(new ExportCommand(progress))
                .addSubcommand(new ForgetCommand(clock, progress))
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new ReportCommand(clock))
                // what follows the program's java is the program's
                .addSubcommand(new CommandLine(new ExplainCommand()).setStopAtPositional(true))
                .addSubcommand(new CompletionCommand());
        PlannedCommand.NAMES.forEach(name -> line.addSubcommand(name, new PlannedCommand(name)));
        return BelayCommand.describe(line).setExecutionExceptionHandler(Failures::report);
    }
}
