package dev.belay.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** Stdout of a program that prints again what it had printed before the saved position. */
public final class MutedOutput {

    private static final String NOWHERE = "/dev/null";

    private final PrintStream out = System.out;
    private final FileOutputStream nowhere;
    private final int number;

    private MutedOutput(FileOutputStream nowhere) throws IOException {
        this.nowhere = nowhere;
        this.number = Descriptors.number(FileDescriptor.out);
        out.flush();
        Descriptors.set(FileDescriptor.out, Descriptors.number(nowhere.getFD()));
    }

    /** Hides all that Java code writes to stdout from now on; stderr stays as it is. */
    public static MutedOutput start() throws IOException {
        return new MutedOutput(new FileOutputStream(NOWHERE));
    }

    /** Shows what is written from now on. */
    public void end() {
        out.flush();
        System.out.flush();
        Descriptors.set(FileDescriptor.out, number);
        try {
            nowhere.close();
        } catch (IOException e) {
            throw new IllegalStateException(NOWHERE + " cannot be closed", e);
        }
    }
}
