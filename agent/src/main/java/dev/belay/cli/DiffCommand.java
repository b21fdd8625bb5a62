package dev.belay.cli;

import dev.belay.engine.CheckpointDifference;
import dev.belay.engine.Comparison;
import dev.belay.engine.InspectionProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells in what two checkpoints differ. */
@Command(
        name = "diff",
        description = {
            "Compares the states of two checkpoints: tensors, the place in the program, objects, counters and"
                    + " trainer_state.json. Prints \"identical\" if a run goes on from either to the same result. Who wrote"
                    + " them and when is not compared, nor are times that were measured, nor the generators of the JDK that"
                    + " each JVM seeds anew (Math.random and the like): --all tells of these.",
            "",
            "Of a tensor it tells how many elements have other bits, the largest difference, the largest as a share of"
                    + " the larger number, and the largest in ULPs: how many numbers of its type lie between."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:identical",
            "1:different",
            "2:it cannot be told: a file cannot be read",
            "3:one of them is damaged",
            "4:there is no such checkpoint",
            "64:usage"
        })
final class DiffCommand implements Callable<Integer> {

    private static final int DIFFERENT = 1;
    private static final int TROUBLE = 2;

    private final ProgressLine progress;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "A checkpoint, or an output_dir for the latest one in it.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "The other one.")
    private Path second;

    @Option(names = "--all", description = "Print all differences, not only the first and largest.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DiffCommand(ProgressLine progress) {
        this.progress = progress;
    }

    @Override
    public Integer call() {
        CheckpointDifference found;
        try {
            found = Comparison.of(first, second, progress::show);
        } catch (InspectionProblem e) {
            return trouble(e.getMessage(), e.exitCode() == Exit.ERROR ? TROUBLE : e.exitCode());
        } catch (IOException e) {
            return trouble(Failures.unreadable(e), TROUBLE);
        } finally {
            progress.clear();
        }
        spec.commandLine()
                .getOut()
                .print(
                        json
                                ? DifferenceText.json(first, second, found)
                                : new DifferenceText(all).of(first, second, found));
        spec.commandLine().getOut().flush();
        return found.identical() ? Exit.OK : DIFFERENT;
    }

    private int trouble(String message, int exitCode) {
        spec.commandLine().getErr().println("belay: " + message);
        return exitCode;
    }
}
