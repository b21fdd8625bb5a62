package dev.belay.cli;

import java.util.ArrayList;
import java.util.List;

/** The tree of loops, one line each. */
final class LoopTable {

    private final Paint paint;
    private final Table table = new Table("LOOP", "METHOD", "SOURCE", ">ITERATIONS", "");
    private final List<String> kinds = new ArrayList<>();

    LoopTable(Paint paint) {
        this.paint = paint;
    }

    String of(List<Report> loops) {
        if (loops.isEmpty()) {
            return "";
        }
        loops.forEach(l -> add(l, "", ""));
        List<String> lines = table.text().lines().toList();
        StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
        for (int i = 1; i < lines.size(); i++) {
            text.append(painted(lines.get(i), kinds.get(i - 1))).append('\n');
        }
        return text.toString();
    }

    /**
     * @param branch before the loop itself
     * @param below before the loops in it
     */
    private void add(Report loop, String branch, String below) {
        kinds.add(loop.text("kind"));
        table.row(
                branch + name(loop.text("kind")),
                HoldingTable.cut(loop.text("method"), 44),
                loop.text("file").isEmpty() ? "?" : loop.text("file") + ":" + loop.number("line"),
                loop.has("iterations") ? Long.toString(loop.number("iterations")) : "",
                loop.text("why"));
        List<Report> inside = loop.objects("loops");
        for (int i = 0; i < inside.size(); i++) {
            boolean last = i == inside.size() - 1;
            add(inside.get(i), below + (last ? "└ " : "├ "), below + (last ? "  " : "│ "));
        }
    }

    private static String name(String kind) {
        return switch (kind) {
            case "step" -> "step loop";
            case "epoch" -> "epoch loop";
            case "refused" -> "refused";
            case "in_step" -> "in a step";
            case "left_alone" -> "left alone";
            default -> "loop";
        };
    }

    private String painted(String line, String kind) {
        return switch (kind) {
            case "step" -> paint.good(line);
            case "refused" -> paint.bad(line);
            case "left_alone", "in_step" -> paint.faint(line);
            default -> line;
        };
    }
}
