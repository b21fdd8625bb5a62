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
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists checkpoints, newest first. */
@Command(name = "ls", description = "Lists the checkpoints of an output_dir, newest first.")
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
        Table table =
                new Table("CHECKPOINT", ">STEP", ">EPOCH", ">SIZE", ">AGE", ">SEQ", ">PARENT", "ATTEMPT", "STATE");
        for (CheckpointRow r : rows) {
            table.row(
                    r.name(),
                    Words.number(r.step()),
                    Words.epoch(r.epoch()),
                    Words.size(r.bytes()),
                    Words.age(r.created(), clock.instant()),
                    Words.number(r.seq()),
                    r.parent() == 0 ? "-" : Words.number(r.parent()),
                    r.attempt().isEmpty() ? "?" : r.attempt(),
                    r.state().word() + (r.latest() ? ", latest" : ""));
        }
        return table.text();
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
        fields.put("step", known(r.step()));
        fields.put("epoch", r.epoch());
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
