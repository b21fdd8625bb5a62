package dev.belay.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report on a program as people read it: what it is, its loops, what it holds, what a checkpoint costs, a verdict. */
final class ExplainText {

    private static final int MOST = 12;
    private static final int WIDTH = 100;

    private final Paint paint;
    private final boolean all;
    private final StringBuilder text = new StringBuilder();

    /** @param all whether long lists are printed whole */
    ExplainText(Paint paint, boolean all) {
        this.paint = paint;
        this.all = all;
    }

    String of(Report report) {
        if (report.has("main")) {
            text.append(paint.title(report.text("main"))).append(", explained after ");
            text.append(Words.count(report.number("steps"), "step")).append('\n');
        }
        if (!report.objects("loops").isEmpty()) {
            text.append("  a step is ").append(report.text("found")).append('\n');
        }
        section("Loops", new LoopTable(paint).of(report.objects("loops")));
        frames(report.objects("frames"));
        fields("Static fields", report.objects("statics"));
        fields("Fields of the program's objects", report.objects("fields"));
        tensors(report.objects("tensors"));
        section("Random generators", lines(limited(report.texts("generators"))));
        section("Checkpoint", checkpoint(report));
        section("Schedule", report.has("checkpoint") ? schedule(report.object("schedule")) : "");
        refusals(report.objects("refusals"));
        section(paint.warning("Warnings"), warnings(report));
        section("Left as it is", lines(limited(report.texts("not_woven"))));
        section("Its last lines", lines(report.texts("output")));
        boolean savable = report.text("outcome").equals("savable");
        String verdict = Wrapped.of(report.text("verdict"), WIDTH, "");
        return text.append('\n')
                .append(verdict.lines()
                        .map(l -> savable ? paint.good(l) : paint.bad(l))
                        .collect(Collectors.joining("\n")))
                .append('\n')
                .toString();
    }

    private void section(String title, String body) {
        if (!body.isEmpty()) {
            text.append(text.length() == 0 ? "" : "\n")
                    .append(paint.title(title))
                    .append('\n');
            body.lines().forEach(l -> text.append("  ").append(l).append('\n'));
        }
    }

    private static String lines(List<String> entries) {
        return entries.stream().map(l -> l + "\n").collect(Collectors.joining());
    }

    private List<String> limited(List<String> entries) {
        List<String> shown = new ArrayList<>(entries.subList(0, shown(entries)));
        if (shown.size() < entries.size()) {
            shown.add(more(entries.size() - shown.size()));
        }
        return shown;
    }

    private int shown(List<?> entries) {
        return all ? entries.size() : Math.min(entries.size(), MOST);
    }

    private String more(int hidden) {
        return paint.faint("… " + hidden + " more, shown by --all");
    }

    private void frames(List<Report> frames) {
        StringBuilder body = new StringBuilder();
        for (Report frame : frames) {
            body.append(frame.text("method"))
                    .append(" line ")
                    .append(frame.number("line"))
                    .append('\n');
            HoldingTable.of(frame.objects("locals"), true)
                    .lines()
                    .forEach(l -> body.append("  ").append(l).append('\n'));
        }
        section("Position and locals, outermost first", body.toString());
    }

    private void fields(String title, List<Report> fields) {
        List<Report> largest = fields.stream()
                .sorted(Comparator.comparing((Report f) -> !f.text("treatment").equals("refused"))
                        .thenComparing(f -> -f.number("bytes")))
                .toList();
        List<Report> shown = largest.subList(0, shown(largest));
        String rest = shown.size() == largest.size() ? "" : more(largest.size() - shown.size());
        section(title, shown.isEmpty() ? "" : HoldingTable.of(shown, false) + rest);
    }

    private void tensors(List<Report> tensors) {
        List<Report> largest = tensors.stream()
                .sorted(Comparator.comparing((Report t) -> -t.number("bytes")))
                .toList();
        Table table = new Table("NAME", "DTYPE", ">SHAPE", ">SIZE", "FILE");
        for (Report t : largest.subList(0, shown(largest))) {
            String shape = t.texts("shape").stream().collect(Collectors.joining("x"));
            table.row(
                    HoldingTable.cut(t.text("name"), 48),
                    t.text("dtype"),
                    shape,
                    Words.size(t.number("bytes")),
                    t.text("file") + (t.truth("constant") ? " (did not change)" : ""));
        }
        String rest = shown(largest) == largest.size() ? "" : more(largest.size() - shown(largest));
        long bytes = tensors.stream().mapToLong(t -> t.number("bytes")).sum();
        String title = Words.count(tensors.size(), "tensor") + ", " + Words.size(bytes);
        section(title, tensors.isEmpty() ? "" : table.text() + rest);
    }

    private static String checkpoint(Report report) {
        if (!report.has("checkpoint")) {
            return "";
        }
        Report checkpoint = report.object("checkpoint");
        long constant = report.objects("tensors").stream()
                .filter(t -> t.truth("constant"))
                .mapToLong(t -> t.number("bytes"))
                .sum();
        String size = checkpoint.number("bytes") == 0 ? "could not be written" : Words.size(checkpoint.number("bytes"));
        return "size   " + size
                + (constant == 0 ? "" : ", of it " + Words.size(constant) + " that did not change: written once")
                + String.format(
                        Locale.ROOT,
                        "\nstall  %.1f ms for %d objects, then %.1f ms of writing\n",
                        checkpoint.decimal("stall_ms"),
                        checkpoint.number("objects"),
                        checkpoint.decimal("write_ms"));
    }

    private static String schedule(Report schedule) {
        return "save_strategy=" + schedule.text("save_strategy") + " to " + schedule.text("output_dir")
                + "; a kill costs " + schedule.text("most_lost") + "\n";
    }

    private void refusals(List<Report> refusals) {
        List<Report> shown = refusals.subList(0, shown(refusals));
        Map<String, List<Report>> byLoop = shown.stream()
                .collect(Collectors.groupingBy(r -> r.text("loop"), LinkedHashMap::new, Collectors.toList()));
        byLoop.forEach((loop, in) -> section(
                paint.bad("Refused" + (loop.isEmpty() ? "" : " in the loop of " + loop)),
                in.stream()
                        .map(r -> Wrapped.of("- " + r.text("text"), WIDTH - 2, "  "))
                        .collect(Collectors.joining())));
        if (shown.size() < refusals.size()) {
            text.append("  ").append(more(refusals.size() - shown.size())).append('\n');
        }
    }

    private String warnings(Report report) {
        List<String> entries = Stream.concat(report.texts("orders").stream(), report.texts("warnings").stream())
                .distinct()
                .toList();
        return limited(entries).stream()
                .map(w -> Wrapped.of("- " + w, WIDTH - 2, "  "))
                .collect(Collectors.joining());
    }
}
