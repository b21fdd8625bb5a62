package dev.belay.cli;

import dev.belay.engine.CheckpointDetail;
import dev.belay.engine.CheckpointRow;
import dev.belay.engine.Inspection;
import dev.belay.engine.InspectionProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what one checkpoint holds. */
@Command(
        name = "show",
        description = {
            "Shows a checkpoint: its place in the program, locals, tensors with their statistics, and what a resume is"
                    + " compared with.",
            "",
            "Minimum, maximum, mean and standard deviation are of the finite elements; NaN and infinite ones are counted."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:error", "3:it is damaged", "4:there is no such checkpoint", "64:usage"})
final class ShowCommand implements Callable<Integer> {

    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CHECKPOINT", description = "A checkpoint, or an output_dir for the latest one in it.")
    private Path directory;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ShowCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InspectionProblem, IOException {
        CheckpointDetail detail = Inspection.show(directory);
        spec.commandLine().getOut().print(json ? json(detail) : text(detail));
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }

    private String text(CheckpointDetail detail) {
        CheckpointRow row = detail.row();
        StringBuilder text = new StringBuilder();
        text.append(row.name()).append(", ").append(ListCommand.standing(row));
        text.append("\n  step ").append(row.step()).append(", epoch ").append(Words.epoch(row.epoch()));
        text.append(", ").append(Words.size(row.bytes()));
        text.append(", ").append(Words.age(row.created(), clock.instant())).append(" old");
        if (!Double.isNaN(row.metric())) {
            text.append("\n  ").append(row.metricName()).append(' ').append(row.metric());
        }
        text.append("\n  seq ").append(row.seq()).append(row.parent() == 0 ? "" : ", continues seq " + row.parent());
        text.append(", written by attempt ").append(row.attempt()).append("\n\nPosition, outermost first\n");
        detail.position().forEach(f -> text.append(indent(frame(f))));
        text.append("\nTensors, beside ").append(detail.objects()).append(" objects\n");
        text.append(indent(TensorTable.of(detail.tensors())));
        text.append("\nFingerprint\n").append(indent(pairs(detail.fingerprint())));
        text.append("\nCounters\n").append(indent(pairs(detail.notes())));
        return text.toString();
    }

    private static String indent(String text) {
        return text.lines().map(l -> "  " + l + "\n").collect(Collectors.joining());
    }

    private static String frame(CheckpointDetail.Frame frame) {
        String at = frame.method() + (frame.line() > 0 ? " line " + frame.line() : "") + "\n";
        return at
                + frame.locals().stream()
                        .map(l -> "  " + l.name() + " = " + l.text() + "\n")
                        .collect(Collectors.joining());
    }

    private static String pairs(Map<String, String> pairs) {
        Table table = new Table("KEY", "VALUE");
        new TreeMap<>(pairs).forEach(table::row);
        return table.text();
    }

    private static String json(CheckpointDetail detail) {
        Map<String, Object> all = new LinkedHashMap<>(ListCommand.fields(detail.row()));
        all.put("position", detail.position().stream().map(ShowCommand::fields).toList());
        all.put("objects", detail.objects());
        all.put("tensors", detail.tensors().stream().map(ShowCommand::fields).toList());
        all.put("fingerprint", new TreeMap<>(detail.fingerprint()));
        all.put("counters", new TreeMap<>(detail.notes()));
        return Json.of(all);
    }

    private static Map<String, Object> fields(CheckpointDetail.Frame frame) {
        Map<String, Object> locals = new LinkedHashMap<>();
        frame.locals().forEach(l -> locals.put(l.name(), l.text()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("method", frame.method());
        fields.put("line", frame.line() > 0 ? frame.line() : null);
        fields.put("locals", locals);
        return fields;
    }

    private static Map<String, Object> fields(CheckpointDetail.Tensor t) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", t.file());
        fields.put("name", t.name());
        fields.put("dtype", t.dtype());
        fields.put("shape", t.shape());
        fields.put("bytes", t.bytes());
        fields.put("min", t.min());
        fields.put("max", t.max());
        fields.put("mean", t.mean());
        fields.put("std", t.std());
        fields.put("not_finite", t.notFinite());
        fields.put("nan", t.nans());
        fields.put("infinite", t.infinities());
        fields.put("aliases", t.aliases());
        return fields;
    }
}
