package dev.belay.cli;

import dev.belay.engine.explain.Question;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how a program would be saved. */
@Command(
        name = "explain",
        description = {
            "Runs a program up to its first steps and tells how Belay would save it: its loops, what becomes of each local"
                    + " and field, how large a checkpoint is, and what would be refused and why. Then the program is"
                    + " ended. Checkpoints that are there are not touched; files that the program opens for writing"
                    + " until then are written.",
            "",
            "Exit codes: 0 it can be saved, 5 it would be refused or no training step was seen, 1 it failed by itself,"
                    + " 64 usage."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--options",
            paramLabel = "KEY=VALUE,…",
            description = "Options of the agent, as after -javaagent:belay.jar=. output_dir is told, but not used.")
    private String options = "";

    @Option(names = "--steps", description = "How many steps the program makes; ${DEFAULT-VALUE} if not given.")
    private int steps = 3;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long that may take, such as 90s or 10m; ${DEFAULT-VALUE} if not given.")
    private String timeout = "2m";

    @Option(names = "--show-output", description = "Show on stderr what the program prints.")
    private boolean showOutput;

    @Option(names = "--all", description = "Print all fields, tensors and refusals, not only the first and largest.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The command that starts the program: java and what follows.")
    private List<String> command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            JavaCommand java = JavaCommand.of(command);
            Duration limit = limit();
            return explain(java, jar(), given(java), limit);
        } catch (BadCommand e) {
            spec.commandLine().getErr().println("belay: " + e.getMessage());
            return Exit.USAGE;
        }
    }

    private int explain(JavaCommand java, Path jar, String given, Duration limit)
            throws IOException, InterruptedException {
        Question question = Question.ask(steps, limit);
        try {
            ExplainedRun run = ExplainedRun.of(
                    java.with(jar, given, question.flags()),
                    question,
                    showOutput ? spec.commandLine().getErr() : null);
            Verdict verdict = Verdict.of(run);
            Map<String, Object> report = verdict.report(run);
            spec.commandLine().getOut().print(json ? Json.of(report) : text(new Report(report)));
            spec.commandLine().getOut().flush();
            return verdict.exitCode();
        } finally {
            forget(question);
        }
    }

    private void forget(Question question) {
        try {
            question.forget();
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("belay: cannot delete " + question.directory() + " (" + e.getMessage() + "); delete it");
        }
    }

    private String text(Report report) {
        return new ExplainText(new Paint(spec.commandLine().getColorScheme().ansi()), all).of(report);
    }

    /** Returns the agent's options: those of the command and its environment, then {@code --options}. */
    private String given(JavaCommand java) {
        Stream<String> environment = Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .map(n -> System.getenv().getOrDefault(n, ""))
                .flatMap(v -> Stream.of(v.split("\\s+")))
                .map(JavaCommand::belayOptions)
                .flatMap(Optional::stream);
        return Stream.concat(Stream.concat(environment, java.agentOptions().stream()), Stream.of(options))
                .filter(o -> !o.isEmpty())
                .collect(Collectors.joining(","));
    }

    private Duration limit() throws BadCommand {
        Matcher m = DURATION.matcher(timeout);
        if (!m.matches()) {
            throw new BadCommand("found --timeout " + timeout + ", expected a time such as 90s, 10m or 1h");
        } else if (steps < 1) {
            throw new BadCommand("found --steps " + steps + ", expected a whole number from 1");
        }
        long amount = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static Path jar() throws BadCommand {
        try {
            Path place = Path.of(ExplainCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (place.toString().endsWith(".jar")) {
                return place;
            }
            throw new BadCommand("found Belay's classes in " + place + ", expected belay.jar; run java -jar belay.jar");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the JVM's own URL", e);
        }
    }
}
