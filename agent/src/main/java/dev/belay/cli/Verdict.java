package dev.belay.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an explained run comes to.
 *
 * @param outcome one word, see docs/explain.md
 * @param text one sentence
 * @param exitCode of the command
 */
record Verdict(String outcome, String text, int exitCode) {

    private static final String NAME_ONE =
            "; if it trains, name its step with step=package.Class#method, or its loop with loop=package.Class#method";

    private static final Pattern ERROR = Pattern.compile("\\[belay \\S+] ERROR (.*)");

    static Verdict of(ExplainedRun run) {
        return run.report()
                .map(values -> of(new Report(values), run.exitCode()))
                .orElseGet(() -> notBegun(run));
    }

    /** The agent may have ended the process with a reason, or the JVM did not come to it. */
    private static Verdict notBegun(ExplainedRun run) {
        Optional<String> reason = run.output().stream()
                .map(ERROR::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .findFirst();
        return reason.map(why -> new Verdict("failed", "Belay does not begin this program: " + why, run.exitCode()))
                .orElseGet(() -> new Verdict(
                        "failed",
                        "java ended with exit code " + run.exitCode()
                                + " before the program began; see what it printed",
                        Exit.ERROR));
    }

    private static Verdict of(Report report, int exitCode) {
        return switch (report.text("outcome")) {
            case "savable" -> savable(report, "");
            case "refused" -> refused(report);
            case "no_loop" ->
                new Verdict(
                        "no_loop",
                        "Nothing in " + report.text("main") + " looks like training" + NAME_ONE,
                        Exit.REFUSED);
            case "timeout" -> timeout(report);
            case "ended" -> ended(report, exitCode);
            default ->
                new Verdict("failed", "The program ended with exit code " + exitCode + " in mid-run", Exit.ERROR);
        };
    }

    private static Verdict savable(Report report, String restriction) {
        List<Report> loops = report.objects("loops");
        String place = stepLoop(loops, true)
                .or(() -> stepLoop(loops, false))
                .or(() -> innermost(report))
                .orElse("its first steps");
        return new Verdict("savable", "Belay can save and resume this program at " + place + restriction, Exit.OK);
    }

    private static Optional<String> stepLoop(List<Report> loops, boolean onPath) {
        for (Report loop : loops) {
            if (loop.text("kind").equals("step") && (loop.truth("on_path") || !onPath)) {
                return Optional.of(loop.text("method") + " line " + loop.number("line"));
            }
            Optional<String> inside = stepLoop(loop.objects("loops"), onPath);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> innermost(Report report) {
        List<Report> frames = report.objects("frames");
        return frames.isEmpty()
                ? Optional.empty()
                : Optional.of(frames.get(frames.size() - 1).text("method") + " line "
                        + frames.get(frames.size() - 1).number("line"));
    }

    private static Verdict refused(Report report) {
        List<Report> refusals = report.objects("refusals");
        String first = refusals.isEmpty() ? "see above" : refusals.get(0).text("text");
        return new Verdict("refused", "This program would be refused at its first step: " + first, Exit.REFUSED);
    }

    private static Verdict timeout(Report report) {
        if (report.has("checkpoint")) {
            return savable(report, " (it made " + Words.count(report.number("steps"), "step") + " in the time)");
        } else if (!report.objects("refusals").isEmpty()) {
            return refused(report);
        }
        return new Verdict(
                "timeout", "No training step was seen in the time; allow more with --timeout" + NAME_ONE, Exit.REFUSED);
    }

    private static Verdict ended(Report report, int exitCode) {
        if (exitCode != 0) {
            return new Verdict(
                    "failed",
                    "The program failed by itself with exit code " + exitCode + ", after "
                            + Words.count(report.number("steps"), "step"),
                    Exit.ERROR);
        } else if (report.has("checkpoint")) {
            return savable(report, " (it ended after " + Words.count(report.number("steps"), "step") + ")");
        } else if (!report.objects("refusals").isEmpty()) {
            return refused(report);
        }
        return new Verdict("no_loop", "The program ended before a training step was seen" + NAME_ONE, Exit.REFUSED);
    }

    /** Returns the whole report, as it is printed. */
    Map<String, Object> report(ExplainedRun run) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", 1);
        all.put("outcome", outcome);
        all.put("verdict", text);
        run.report().ifPresent(values -> values.forEach(all::putIfAbsent));
        boolean itsOwn = outcome.equals("failed")
                || run.report()
                        .map(r -> r.get("outcome"))
                        .filter("ended"::equals)
                        .isPresent();
        all.put("exit_code", itsOwn ? run.exitCode() : null);
        all.put("output", outcome.equals("failed") ? run.output() : List.of());
        return all;
    }
}
