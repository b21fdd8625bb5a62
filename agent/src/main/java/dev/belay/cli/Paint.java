package dev.belay.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours, where the terminal has them. */
record Paint(Ansi ansi) {

    String title(String text) {
        return styled(text, Style.bold);
    }

    String good(String text) {
        return styled(text, Style.bold, Style.fg_green);
    }

    String bad(String text) {
        return styled(text, Style.bold, Style.fg_red);
    }

    String warning(String text) {
        return styled(text, Style.fg_yellow);
    }

    String faint(String text) {
        return styled(text, Style.faint);
    }

    private String styled(String text, IStyle... styles) {
        return ansi.enabled() ? Style.on(styles) + text + Style.off(styles) : text;
    }
}
