package dev.belay.cli;

import dev.belay.engine.ForgetPlan;
import dev.belay.engine.ForgetPolicy;
import dev.belay.engine.Forgetting;
import dev.belay.engine.InspectionProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes checkpoints by a policy. */
@Command(
        name = "forget",
        description = {
            "Removes checkpoints of an output_dir that no rule keeps. Several rules add up. The newest one that verifies is"
                    + " always kept, and so is the best one by the run's metric.",
            "",
            "It is refused while a program uses the directory. Each removal is in the commit log first, so that it may be"
                    + " killed at any moment."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to remove",
            "1:error",
            "3:no checkpoint is intact; nothing was removed",
            "4:there is no such directory, or nothing in it",
            "5:a program uses the directory, or may use it",
            "64:usage",
            "75:a program has begun meanwhile"
        })
final class ForgetCommand implements Callable<Integer> {

    private final Clock clock;
    private final ProgressLine progress;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "An output_dir.")
    private Path directory;

    @Option(names = "--keep-last", paramLabel = "N", description = "Keep the newest N.")
    private Integer keepLast;

    @Option(
            names = "--keep-within",
            paramLabel = "TIME",
            description = "Keep those that are at most so much older than the newest: 90m, 36h, 2d, 1w, 1d12h.")
    private String keepWithin;

    @Option(names = "--keep-best", paramLabel = "K", description = "Keep the best K by their metric.")
    private Integer keepBest;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "The metric of --keep-best, as in trainer_state.json; the run's own if not given.")
    private String metric;

    @ArgGroup
    private Direction direction;

    /** Which way the metric gets better. */
    private static final class Direction {
        @Option(names = "--greater-is-better", description = "The best has the greatest metric.")
        private boolean greater;

        @Option(
                names = "--smaller-is-better",
                description = "The best has the smallest metric; else, only if its name ends in loss.")
        private boolean smaller;
    }

    @Option(names = "--superseded", description = "Remove those whose name another one has taken, too.")
    private boolean superseded;

    @Option(names = "--damaged", description = "Remove those that failed a verification, too.")
    private boolean damaged;

    @Option(names = "--uncommitted", description = "Remove those that were never committed, too.")
    private boolean uncommitted;

    @Option(names = "--dry-run", description = "Remove nothing; say what would go.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description = "Go on if it cannot be told whether the last program still runs, on another machine say.")
    private boolean force;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ForgetCommand(Clock clock, ProgressLine progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Integer call() throws InspectionProblem, IOException {
        ForgetPolicy policy;
        try {
            policy = policy();
        } catch (BadCommand e) {
            spec.commandLine().getErr().println("belay: " + e.getMessage());
            return Exit.USAGE;
        }
        ForgetPlan plan;
        try {
            Forgetting forgetting = new Forgetting(directory, policy, progress::show);
            plan = dryRun ? forgetting.plan() : forgetting.carryOut(clock, force);
        } finally {
            progress.clear();
        }
        spec.commandLine().getOut().print(json ? json(plan) : text(plan));
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }

    private ForgetPolicy policy() throws BadCommand {
        ForgetPolicy policy = new ForgetPolicy(
                count("--keep-last", keepLast),
                keepWithin == null ? Optional.empty() : Optional.of(within()),
                count("--keep-best", keepBest),
                Optional.ofNullable(metric),
                Optional.ofNullable(direction).map(d -> d.greater),
                superseded,
                damaged,
                uncommitted);
        if (policy.isEmpty()) {
            throw new BadCommand("found no rule, expected what to keep; give --keep-last N, --keep-within TIME or"
                    + " --keep-best K, or --superseded, --damaged or --uncommitted for what was set aside");
        } else if (keepBest == null && (metric != null || direction != null)) {
            throw new BadCommand("found a metric without --keep-best, expected both; add --keep-best K");
        }
        return policy;
    }

    private static OptionalInt count(String option, Integer count) throws BadCommand {
        if (count != null && count < 1) {
            throw new BadCommand("found " + option + " " + count + ", expected a whole number from 1");
        }
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private Duration within() throws BadCommand {
        return TimeSpan.parse(keepWithin)
                .orElseThrow(() -> new BadCommand(
                        "found --keep-within " + keepWithin + ", expected a time such as 90m, 36h, 2d, 1w or 1d12h"));
    }

    private String text(ForgetPlan plan) {
        Table table = new Table("CHECKPOINT", ">STEP", ">AGE", ">SIZE", "ACTION", "REASON");
        for (ForgetPlan.Item item : plan.items()) {
            table.row(
                    item.row().name(),
                    Words.number(item.row().step()),
                    Words.age(item.row().created(), clock.instant()),
                    Words.size(item.row().bytes()),
                    item.goes() ? removed() : "kept",
                    item.reason());
        }
        int going = plan.going().size();
        return table.text()
                + (going == 0
                        ? "nothing to remove\n"
                        : removed() + " " + Words.count(going, "checkpoint") + ", " + Words.size(plan.bytes())
                                + " at most\n");
    }

    private String removed() {
        return dryRun ? "would be removed" : "removed";
    }

    private String json(ForgetPlan plan) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", directory.toString());
        all.put("dry_run", dryRun);
        all.put("removed_bytes", plan.bytes());
        all.put(
                "checkpoints",
                plan.items().stream()
                        .map(item -> {
                            Map<String, Object> fields = ListCommand.fields(item.row());
                            fields.put("removed", item.goes());
                            fields.put("reason", item.reason());
                            return fields;
                        })
                        .toList());
        return Json.of(all);
    }
}
