package dev.belay.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command of the outside contract that is not built yet, and says so. */
@Command(hidden = true, description = "Not built yet.")
final class PlannedCommand implements Callable<Integer> {

    static final List<String> NAMES = List.of("plan", "script", "run");

    private final String name;

    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> arguments;

    PlannedCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("belay: " + name + " is not built yet; --help lists the commands that there are");
        return Exit.USAGE;
    }
}
