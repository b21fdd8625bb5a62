package dev.belay.cli;

import dev.belay.engine.Examination;
import dev.belay.engine.Finding;
import dev.belay.engine.OptionReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells whether checkpoints would be written well here. */
@Command(
        name = "doctor",
        description = {
            "Examines the JDK, the machine, and the place where checkpoints go: whether its file system has what Belay builds"
                    + " on, how fast it writes, and whether there is room for as many checkpoints as are kept and one more."
                    + " A trial file of up to 64 MiB is written there, and deleted again.",
            "",
            "Also told are the options in force, and where each comes from: --options, the environment, or"
                    + " belay.properties in the working directory."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no trouble", "1:trouble", "64:usage, or options that a program would not start with"})
final class DoctorCommand implements Callable<Integer> {

    private static final String UNLIMITED = "none";
    private static final Path CHECKPOINTS = Path.of("checkpoints");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "An output_dir, which need not exist; that of the options, or checkpoints, if not given.")
    private Path directory;

    @Option(
            names = "--options",
            paramLabel = "KEY=VALUE,…",
            description = "Options of the agent, as after -javaagent:belay.jar=.")
    private String options = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        OptionReader.Answer answer = ServiceLoader.load(OptionReader.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("belay.jar is incomplete"))
                .read(
                        options,
                        System.getProperties(),
                        System.getenv(),
                        Path.of("").toAbsolutePath());
        if (answer.problem().isPresent()) {
            spec.commandLine().getErr().println("belay: " + answer.problem().get());
            return Exit.USAGE;
        }
        Path place = directory == null ? outputDir(answer) : directory;
        List<Finding> findings = new ArrayList<>(Examination.of(place, limit(answer), System::nanoTime));
        answer.warnings().forEach(w -> findings.add(new Finding("options", Finding.Level.WARNING, w)));
        boolean trouble = findings.stream().anyMatch(f -> f.level() == Finding.Level.TROUBLE);
        spec.commandLine().getOut().print(json ? json(place, trouble, findings, answer) : text(findings, answer));
        spec.commandLine().getOut().flush();
        return trouble ? Exit.ERROR : Exit.OK;
    }

    private static Path outputDir(OptionReader.Answer answer) {
        return answer.options().stream()
                .filter(o -> o.option() == dev.belay.engine.Option.OUTPUT_DIR)
                .filter(o -> !o.value().equals(o.option().standard()))
                .findFirst()
                .map(o -> Path.of(o.value()))
                .orElse(CHECKPOINTS);
    }

    private static OptionalInt limit(OptionReader.Answer answer) {
        return answer.options().stream()
                .filter(o -> o.option() == dev.belay.engine.Option.SAVE_TOTAL_LIMIT)
                .filter(o -> !o.value().equals(UNLIMITED))
                .mapToInt(o -> Integer.parseInt(o.value()))
                .findFirst();
    }

    private String text(List<Finding> findings, OptionReader.Answer answer) {
        Paint paint = new Paint(spec.commandLine().getColorScheme().ansi());
        StringBuilder text = new StringBuilder();
        for (Finding f : findings) {
            String word = String.format("%-8s", f.level().word());
            String painted = switch (f.level()) {
                case OK -> paint.good(word);
                case WARNING -> paint.warning(word);
                case TROUBLE -> paint.bad(word);
            };
            text.append(painted)
                    .append(String.format("%-12s", f.what()))
                    .append(f.text())
                    .append('\n');
        }
        Table table = new Table("OPTION", "VALUE", "FROM");
        answer.options().forEach(o -> table.row(o.option().key(), o.value(), o.source()));
        return text.append('\n').append(table.text()).toString();
    }

    private static String json(Path place, boolean trouble, List<Finding> findings, OptionReader.Answer answer) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", place.toString());
        all.put("trouble", trouble);
        List<Map<String, Object>> found = new ArrayList<>();
        for (Finding f : findings) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("what", f.what());
            fields.put("level", f.level().word());
            fields.put("text", f.text());
            found.add(fields);
        }
        all.put("findings", found);
        List<Map<String, Object>> inForce = new ArrayList<>();
        for (OptionReader.InForce o : answer.options()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("option", o.option().key());
            fields.put("value", o.value());
            fields.put("source", o.source());
            inForce.add(fields);
        }
        all.put("options", inForce);
        return Json.of(all);
    }
}
