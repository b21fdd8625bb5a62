package killtest.program;

import java.io.BufferedWriter;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Ways of a {@link Rotating} program to open files, and to keep them open. */
final class KeptStreams {

    private KeptStreams() {}

    private interface Opening {

        Writer open(String file, boolean append) throws IOException;
    }

    /** Opened by references to constructors: one for the whole run, one for every line. */
    static final class ByReference extends Rotating.Way {

        private final Opening opening = FileWriter::new;
        private Writer whole;

        @Override
        void begin() throws IOException {
            whole = opening.open("whole.txt", false);
            whole.write("begins\n");
        }

        @Override
        void line(int step, String text) throws IOException {
            whole.write(text);
            try (Writer each = opening.open("each.txt", true)) {
                each.write(text);
            }
        }

        @Override
        void end() throws IOException {
            whole.close();
        }
    }

    static final class Log extends FileWriter {

        Log(String name) throws IOException {
            super(name + ".txt");
        }
    }

    /** Opened by a constructor of the program's own that calls the one of the JDK. */
    static final class BySubclass extends Rotating.Way {

        private Log log;

        @Override
        void begin() throws IOException {
            log = new Log("own");
            log.write("begins\n");
        }

        @Override
        void line(int step, String text) throws IOException {
            log.write(text);
        }

        @Override
        void end() throws IOException {
            log.close();
        }
    }

    /** A stream of the program's own that counts, and holds lines back. */
    static final class CountingWriter extends Writer {

        private final Writer next;
        private final StringBuilder held = new StringBuilder();
        private int characters;

        CountingWriter(Writer next) {
            this.next = next;
        }

        @Override
        public void write(char[] from, int start, int length) {
            held.append(from, start, length);
            characters += length;
        }

        @Override
        public void flush() throws IOException {
            next.write(held.toString());
            held.setLength(0);
            next.flush();
        }

        @Override
        public void close() throws IOException {
            write("characters: " + characters + "\n");
            flush();
            next.close();
        }
    }

    /** The counting stream inside of the JDK's, or around it. */
    static final class Counting extends Rotating.Way {

        private final boolean around;
        private CountingWriter counting;
        private Writer outer;

        Counting(boolean around) {
            this.around = around;
        }

        @Override
        void begin() throws IOException {
            counting = new CountingWriter(new FileWriter("counting.txt"));
            outer = around ? new BufferedWriter(counting) : counting;
        }

        @Override
        void line(int step, String text) throws IOException {
            outer.write(text);
        }

        @Override
        void end() throws IOException {
            outer.close();
        }
    }

    /** A file that only the JDK opens. */
    static final class Logging extends Rotating.Way {

        private static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("training");

        @Override
        void begin() throws IOException {
            LOG.setUseParentHandlers(false);
            LOG.addHandler(new java.util.logging.FileHandler("logging.xml"));
        }

        @Override
        void line(int step, String text) {
            LOG.info(text);
        }
    }

    /** A file that a step opens and leaves open. */
    static final class Lazy extends Rotating.Way {

        private Writer log;

        @Override
        void line(int step, String text) throws IOException {
            if (log == null) {
                log = new FileWriter("lazy.txt");
            }
            log.write(text);
        }
    }

    static final class AppendOnly extends Rotating.Way {

        @Override
        void line(int step, String text) throws IOException {
            Files.writeString(Path.of("append.txt"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** A file that is written at any place before the training, and read in it. */
    static final class Cache extends Rotating.Way {

        @Override
        void begin() throws IOException {
            try (RandomAccessFile file = new RandomAccessFile("cache.bin", "rw")) {
                for (int i = 0; i < Rotating.STEPS; i++) {
                    file.seek(8L * (Rotating.STEPS - 1 - i));
                    file.writeDouble(i);
                }
            }
        }

        @Override
        void line(int step, String text) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile("cache.bin", "r")) {
                file.seek(8L * step);
                Files.writeString(
                        Path.of("append.txt"),
                        file.readDouble() + "," + text,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
    }

    /** A channel that stays open. */
    static final class ByChannel extends Rotating.Way {

        private final StandardOpenOption how;
        private FileChannel channel;

        ByChannel(StandardOpenOption how) {
            this.how = how;
        }

        @Override
        void begin() throws IOException {
            channel =
                    FileChannel.open(Path.of("channel.txt"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        }

        @Override
        void line(int step, String text) throws IOException {
            channel.write(StandardCharsets.UTF_8.encode(text));
        }

        @Override
        void end() throws IOException {
            channel.close();
        }
    }

    /** Characters of two halves, of which a step writes the first and the next one the second. */
    static final class Halves extends Rotating.Way {

        private Writer log;

        @Override
        void begin() throws IOException {
            log = new FileWriter("halves.txt", StandardCharsets.UTF_8);
        }

        @Override
        void line(int step, String text) throws IOException {
            log.write("\ud83d\udcbe".charAt(step % 2));
        }

        @Override
        void end() throws IOException {
            log.close();
        }
    }
}
