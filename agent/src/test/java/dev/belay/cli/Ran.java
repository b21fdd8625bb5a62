package dev.belay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** A command that was run in this JVM, five minutes after the checkpoints of a {@link SavedRun} were written. */
record Ran(int exitCode, String out, String err) {

    static Ran belay(Object... arguments) {
        return belay(ProgressLine.silent(), arguments);
    }

    static Ran belay(ProgressLine progress, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Clock later = Clock.fixed(SavedRun.WRITTEN.plus(Duration.ofMinutes(5)), ZoneOffset.UTC);
        int exitCode = Main.commandLine(later, progress)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    static void flipBit(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
