package dev.belay.cli;

import dev.belay.engine.Option;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The top level: says how the agent is used and which options it takes. */
@Command(
        name = "java -jar belay.jar",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        exitCodeOnInvalidInput = Exit.USAGE,
        exitCodeOnExecutionException = Exit.ERROR,
        usageHelpAutoWidth = true,
        commandListHeading = "%nCommands:%n")
final class BelayCommand implements Callable<Integer> {

    private static final String[] DESCRIPTION = {
        "",
        "Makes a training program resumable without touching its code:",
        "",
        "  java -javaagent:belay.jar=key=value,key=value -jar trainer.jar",
        "",
        "Killed and started again with the same command, it goes on where it was. An option may also be given as"
                + " -Dbelay.key=value, as BELAY_KEY in the environment, or in belay.properties in the working"
                + " directory; the first of these wins. The commands below look at checkpoints.",
        ""
    };

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Exit.USAGE;
    }

    /** Completes the help text of the top level alone. */
    static CommandLine describe(CommandLine line) {
        line.getCommandSpec().usageMessage().description(DESCRIPTION);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, BelayCommand::options);
        return line;
    }

    /** Lists the agent's options as picocli lists its own. */
    private static String options(Help help) {
        int width = help.commandSpec().usageMessage().width();
        int keys = 26;
        TextTable table = TextTable.forColumns(
                help.colorScheme(), new Column(keys, 2, Overflow.SPAN), new Column(width - keys, 2, Overflow.WRAP));
        for (Option option : Option.values()) {
            table.addRowValues(option.key(), option.meaning());
            table.addRowValues("", "Takes " + option.accepted() + ". Default: " + option.standard() + ".");
        }
        String nl = System.lineSeparator();
        return nl + "Options of the agent:" + nl + table;
    }
}
