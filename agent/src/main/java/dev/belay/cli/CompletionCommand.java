package dev.belay.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands and options. */
@Command(
        name = "generate-completion",
        description = {
            "Prints a script for bash and zsh that completes commands, options and files after the word belay:",
            "",
            "  alias belay='java -jar /path/to/belay.jar'",
            "  source <(java -jar /path/to/belay.jar generate-completion)"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "64:usage"})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "WORD",
            description = "The word to complete after; ${DEFAULT-VALUE} if not given.")
    private String name = "belay";

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            spec.commandLine().getErr().println("belay: found --name " + name + ", expected one word of a shell");
            return Exit.USAGE;
        }
        spec.commandLine().getOut().print(AutoComplete.bash(name, spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }
}
