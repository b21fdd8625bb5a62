package dev.belay.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Stdout and stderr of a program that prints again what it had printed before the saved position. */
public final class MutedOutput {

    private static final String NOWHERE = "/dev/null";

    private final PrintStream out = System.out;
    private final FileOutputStream nowhere;
    private final int number;
    private final HeldErrors errors;

    private MutedOutput(FileOutputStream nowhere, HeldErrors errors) throws IOException {
        this.nowhere = nowhere;
        this.number = Descriptors.number(FileDescriptor.out);
        this.errors = errors;
        out.flush();
        Descriptors.set(FileDescriptor.out, Descriptors.number(nowhere.getFD()));
    }

    /** Hides all that Java code writes to stdout from now on, and holds back what it writes to {@link System#err}. */
    public static MutedOutput start() throws IOException {
        HeldErrors errors = new HeldErrors(System.err);
        System.setErr(new PrintStream(errors, true, encoding()));
        return new MutedOutput(new FileOutputStream(NOWHERE), errors);
    }

    /** As the JDK chooses it for stderr. */
    private static Charset encoding() {
        String standard = Charset.defaultCharset().name();
        return Charset.forName(
                System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding", standard)));
    }

    /** The position is reached: shows what is written from now on. */
    public void end() {
        out.flush();
        System.out.flush();
        System.err.flush();
        errors.drop();
        Descriptors.set(FileDescriptor.out, number);
        try {
            nowhere.close();
        } catch (IOException e) {
            throw new IllegalStateException(NOWHERE + " cannot be closed", e);
        }
    }

    /** The process ends before it: shows what was written to stderr. */
    public void show() {
        System.err.flush();
        errors.show();
    }
}
