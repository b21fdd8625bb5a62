package dev.belay.files;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Holds back what is written until it is dropped or shown; from then on, all is handed on. Thread-safe. */
final class HeldErrors extends OutputStream {

    /** The newest is what tells why a program failed. */
    private static final int MOST_BYTES = 1 << 20;

    private final PrintStream real;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding = true;

    HeldErrors(PrintStream real) {
        this.real = real;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int start, int length) {
        if (!holding) {
            real.write(from, start, length);
            return;
        }
        if (held.size() + length > MOST_BYTES) {
            held.reset();
        }
        held.write(from, start, length);
    }

    @Override
    public synchronized void flush() {
        if (!holding) {
            real.flush();
        }
    }

    synchronized void show() {
        real.write(held.toByteArray(), 0, held.size());
        real.flush();
        drop();
    }

    synchronized void drop() {
        held.reset();
        holding = false;
    }
}
