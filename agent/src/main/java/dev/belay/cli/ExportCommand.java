package dev.belay.cli;

import dev.belay.engine.Exporting;
import dev.belay.engine.InspectionProblem;
import dev.belay.engine.export.ExportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes tensors for others. */
@Command(
        name = "export",
        description = {
            "Writes the parameters of a checkpoint in a format that others read, without the program or its framework.",
            "",
            "djl: <model>-<epoch>.params for each model, which Model.load and Block.loadParameters of DJL read into the"
                    + " same network. npz: model.npz for numpy.load. safetensors: model.safetensors, as in the checkpoint."
                    + " A file that is there already is not replaced."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:error, or the format cannot hold it",
            "3:the checkpoint is damaged",
            "4:there is no such checkpoint",
            "64:usage"
        })
final class ExportCommand implements Callable<Integer> {

    private final ProgressLine progress;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String format;

    @Parameters(
            index = "0",
            paramLabel = "CHECKPOINT",
            description = "A checkpoint, or an output_dir for the latest one in it.")
    private Path source;

    @Parameters(index = "1", paramLabel = "DIR", description = "Where the files go; made if it is not there.")
    private Path target;

    @Option(
            names = "--all",
            description = "All tensors: optimizer and data, too, each in a file of its own; not for djl.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ExportCommand(ProgressLine progress) {
        this.progress = progress;
    }

    /** The words for {@code --to}. */
    static final class Formats extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Formats() {
            Arrays.stream(ExportFormat.values()).map(ExportFormat::word).forEach(this::add);
        }
    }

    @Override
    public Integer call() throws InspectionProblem, IOException {
        ExportFormat chosen = ExportFormat.of(format).orElse(null);
        if (chosen == null || all && chosen == ExportFormat.DJL) {
            spec.commandLine()
                    .getErr()
                    .println(
                            chosen == null
                                    ? "belay: found --to " + format + ", expected one of "
                                            + String.join(", ", new Formats())
                                    : "belay: found --all with --to djl, whose files hold parameters only; use npz or"
                                            + " safetensors");
            return Exit.USAGE;
        }
        List<Path> written;
        try {
            written = Exporting.export(source, chosen, target, all, progress::show);
        } finally {
            progress.clear();
        }
        spec.commandLine().getOut().print(json ? json(written) : text(written));
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }

    private static String text(List<Path> written) throws IOException {
        Table table = new Table("FILE", ">SIZE");
        for (Path file : written) {
            table.row(file.toString(), Words.size(Files.size(file)));
        }
        return table.text();
    }

    private String json(List<Path> written) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("checkpoint", source.toString());
        all.put("format", format);
        all.put("files", written.stream().map(Path::toString).collect(Collectors.toList()));
        return Json.of(all);
    }
}
