package dev.belay.cli;

import dev.belay.engine.CheckpointRow;
import dev.belay.engine.Inspection;
import dev.belay.engine.InspectionProblem;
import dev.belay.engine.Listing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists checkpoints, newest first. */
@Command(
        name = "ls",
        description = {
            "Lists the checkpoints of an output_dir, newest first, then what was set aside.",
            "",
            "STATE is committed for what a resume may take; superseded if another one of its step has taken its name;"
                    + " damaged if it failed a verification; uncommitted if a kill came before the commit; missing if its"
                    + " directory is gone. The latest one is what a resume takes, the best one is that of the metric, and a"
                    + " run came to its end with the finished one. SEQ is the order of all, PARENT the one that it"
                    + " continues, ATTEMPT the start of the program that wrote it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:error", "4:there is no such directory, or nothing in it", "64:usage"})
final class ListCommand implements Callable<Integer> {

    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "An output_dir, or one checkpoint.")
    private Path directory;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InspectionProblem, IOException {
        Listing listing = Inspection.list(directory);
        listing.logDamage().forEach(d -> spec.commandLine().getErr().println("belay: the commit log: " + d));
        spec.commandLine().getOut().print(json ? json(listing) : table(listing.rows()));
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }

    private String table(List<CheckpointRow> rows) {
        Table table = new Table(
                "CHECKPOINT", ">STEP", ">EPOCH", "METRIC", ">SIZE", ">AGE", ">SEQ", ">PARENT", "ATTEMPT", "STATE");
        for (CheckpointRow r : rows) {
            table.row(
                    r.name(),
                    Words.number(r.step()),
                    Words.epoch(r.epoch()),
                    metric(r),
                    Words.size(r.bytes()),
                    Words.age(r.created(), clock.instant()),
                    Words.number(r.seq()),
                    r.parent() == 0 ? "-" : Words.number(r.parent()),
                    r.attempt().isEmpty() ? "?" : r.attempt(),
                    standing(r));
        }
        return table.text();
    }

    private static String metric(CheckpointRow r) {
        return Double.isNaN(r.metric()) ? "-" : r.metricName() + String.format(Locale.ROOT, " %.5g", r.metric());
    }

    /** Returns what it is, and its marks. */
    static String standing(CheckpointRow r) {
        return r.state().word()
                + (r.latest() ? ", latest" : "")
                + (r.best() ? ", best" : "")
                + (r.finished() ? ", finished" : "");
    }

    private String json(Listing listing) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", directory.toString());
        all.put("log_damage", listing.logDamage());
        all.put("checkpoints", listing.rows().stream().map(ListCommand::fields).toList());
        return Json.of(all);
    }

    static Map<String, Object> fields(CheckpointRow r) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", r.name());
        fields.put("state", r.state().word());
        fields.put("latest", r.latest());
        fields.put("best", r.best());
        fields.put("finished", r.finished());
        fields.put("step", known(r.step()));
        fields.put("epoch", r.epoch());
        fields.put("metric", r.metricName().isEmpty() ? null : r.metricName());
        fields.put("metric_value", r.metric());
        fields.put("bytes", known(r.bytes()));
        fields.put("created", r.created());
        fields.put("seq", known(r.seq()));
        fields.put("parent", known(r.parent()));
        fields.put("attempt", r.attempt().isEmpty() ? null : r.attempt());
        return fields;
    }

    private static Object known(long number) {
        return number == CheckpointRow.UNKNOWN ? null : number;
    }
}
