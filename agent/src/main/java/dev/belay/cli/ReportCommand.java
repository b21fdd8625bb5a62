package dev.belay.cli;

import dev.belay.cli.report.ReportPage;
import dev.belay.engine.InspectionProblem;
import dev.belay.engine.history.RunHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what became of a job as a page for a browser. */
@Command(
        name = "report",
        description = {
            "Writes one HTML page about a job over all its attempts: curves of the loss and of metrics, checkpoints with"
                    + " the time and bytes they took, kills, resumes, lost work. It loads nothing from elsewhere.",
            "May be run while the job trains, which it does not disturb."
        })
final class ReportCommand implements Callable<Integer> {

    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "An output_dir.")
    private Path directory;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the page goes; ${DEFAULT-VALUE} in the working directory if not given.")
    private Path out = Path.of("report.html");

    ReportCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InspectionProblem, IOException {
        RunHistory history = RunHistory.of(directory);
        history.logDamage().forEach(d -> spec.commandLine().getErr().println("belay: the commit log: " + d));
        String page = ReportPage.of(history, clock.instant());
        try {
            Files.writeString(out, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("belay: cannot write " + out + " (" + e.getClass().getSimpleName()
                            + "); name a file that can be written with --out");
            return Exit.ERROR;
        }
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }
}
