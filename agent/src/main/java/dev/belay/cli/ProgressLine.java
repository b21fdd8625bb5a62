package dev.belay.cli;

import java.io.PrintStream;
import java.util.Locale;

/** A bar that is drawn over itself while something long is read; for terminals only. */
final class ProgressLine {

    private static final int WIDTH = 30;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private int shown = -1;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    /** Returns one that shows nothing. */
    static ProgressLine silent() {
        return new ProgressLine(null);
    }

    void show(String what, long doneBytes, long totalBytes) {
        int permille = totalBytes <= 0 ? 1000 : (int) Math.min(1000, 1000.0 * doneBytes / totalBytes);
        if (out == null || permille == shown) {
            return;
        }
        shown = permille;
        int full = permille * WIDTH / 1000;
        out.print(ERASE_LINE + "[" + "#".repeat(full) + " ".repeat(WIDTH - full)
                + String.format(Locale.ROOT, "] %5.1f %% ", permille / 10.0) + what);
        out.flush();
    }

    void clear() {
        if (out != null && shown >= 0) {
            out.print(ERASE_LINE);
            out.flush();
            shown = -1;
        }
    }
}
