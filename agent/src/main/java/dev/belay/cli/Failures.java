package dev.belay.cli;

import dev.belay.engine.InspectionProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Turns what stopped a command into one line and an exit code. */
final class Failures {

    private Failures() {}

    /** Anything that is not listed is a mistake of ours, and is thrown with its stack trace. */
    static int report(Exception e, CommandLine line, ParseResult parsed) throws Exception {
        if (e instanceof InspectionProblem problem) {
            line.getErr().println("belay: " + problem.getMessage());
            return problem.exitCode();
        } else if (e instanceof IOException || e instanceof UncheckedIOException) {
            line.getErr().println("belay: " + unreadable(e));
            return Exit.ERROR;
        }
        throw e;
    }

    /** The message of many file system errors is the path only. */
    static String unreadable(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        return "cannot read: " + cause.getMessage() + " (" + cause.getClass().getSimpleName() + ")";
    }
}
