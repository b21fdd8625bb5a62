package showcase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lives of a run as a table for people. */
final class LifeTable {

    private static final String ROW = "  %-5s %-16s %-27s %10s %12s %15s %14s";

    private LifeTable() {}

    static List<String> lines(List<Life> lives) {
        List<String> lines = new ArrayList<>();
        lines.add(row("life", "began", "ended", "steps lost", "checkpoints", "stall med/max", "back in loop"));
        for (int i = 0; i < lives.size(); i++) {
            Life life = lives.get(i);
            lines.add(row(
                    String.valueOf(i + 1),
                    life.resumedStep() == 0 ? "at the start" : "resumed at " + life.resumedStep(),
                    (life.killed() ? "SIGKILL at step " : "finished at step ") + life.lastStep(),
                    i + 1 < lives.size()
                            ? String.valueOf(life.lastStep() - lives.get(i + 1).resumedStep())
                            : "-",
                    String.valueOf(life.stallsMillis().size()),
                    stalls(life.stallsMillis()),
                    life.untilResumed() == null ? "-" : "after " + seconds(life.untilResumed())));
        }
        return lines;
    }

    static String seconds(Duration d) {
        return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1e3);
    }

    private static String stalls(List<Double> millis) {
        if (millis.isEmpty()) {
            return "-";
        }
        List<Double> sorted = millis.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "%.1f / %.1f ms", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    private static String row(String... cells) {
        return String.format(ROW, (Object[]) cells);
    }
}
