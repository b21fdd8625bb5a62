package dev.belay.cli;

import dev.belay.engine.ExitCode;
import dev.belay.engine.Inspection;
import dev.belay.engine.InspectionProblem;
import dev.belay.engine.Verification;
import dev.belay.engine.Verification.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads every byte of checkpoints and compares it with its checksum. */
@Command(
        name = "verify",
        description = {
            "Reads every byte of one checkpoint, or of all in an output_dir, and compares checksums. Damage is named by its"
                    + " file and block."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all that a resume may take is intact",
            "1:error",
            "3:one is damaged that a resume may take, or the commit log is",
            "4:there is no such directory, or nothing in it",
            "64:usage"
        })
final class VerifyCommand implements Callable<Integer> {

    private final ProgressLine progress;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CHECKPOINT|DIR", description = "One checkpoint, or an output_dir.")
    private Path directory;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    VerifyCommand(ProgressLine progress) {
        this.progress = progress;
    }

    @Override
    public Integer call() throws InspectionProblem, IOException {
        Verification found;
        try {
            found = Inspection.verify(directory, progress::show);
        } finally {
            progress.clear();
        }
        found.logDamage().forEach(d -> spec.commandLine().getErr().println("belay: the commit log: " + d));
        spec.commandLine().getOut().print(json ? json(found) : table(found));
        spec.commandLine().getOut().flush();
        return found.intact() ? Exit.OK : ExitCode.DAMAGE.code();
    }

    private static String table(Verification found) {
        Table table = new Table("CHECKPOINT", "RESULT", "DAMAGE");
        for (Verified v : found.checkpoints()) {
            String result = (v.intact() ? "intact" : "damaged") + (v.counts() ? "" : ", not used");
            table.row(v.name(), result, v.intact() ? "-" : v.damages().get(0));
            v.damages().stream().skip(1).forEach(d -> table.row("", "", d));
        }
        return table.text();
    }

    private String json(Verification found) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", directory.toString());
        all.put("intact", found.intact());
        all.put("log_damage", found.logDamage());
        all.put(
                "checkpoints",
                found.checkpoints().stream().map(VerifyCommand::fields).toList());
        return Json.of(all);
    }

    private static Map<String, Object> fields(Verified v) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", v.name());
        fields.put("intact", v.intact());
        fields.put("used", v.counts());
        fields.put("damages", v.damages());
        return fields;
    }
}
