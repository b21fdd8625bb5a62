package killtest.program;

import java.io.BufferedWriter;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Trains, and moves, empties, replaces and makes files in the way that its first argument names. */
public final class Rotating {

    private static final int STEPS = 32;

    private final Random random = new Random(3);
    private double weight;

    private Rotating() {}

    public static void main(String[] args) throws IOException {
        Rotating program = new Rotating();
        Way way = of(args[0]);
        way.begin();
        if (Files.exists(Path.of("stop"))) {
            return; // before the loop
        }
        for (int i = 0; i < STEPS; i++) {
            program.step();
            way.line(i, i + "," + program.weight + "\n");
        }
        way.end();
    }

    private void step() {
        weight += random.nextGaussian();
    }

    /** What is done with files, by an object that the loop holds. */
    abstract static class Way {

        void begin() throws IOException {}

        abstract void line(int step, String text) throws IOException;

        void end() throws IOException {}
    }

    private static Way of(String name) {
        return switch (name) {
            case "shifted" -> new Shifted();
            case "numbered" -> new Numbered();
            case "emptied" -> new Emptied();
            case "new" -> new MadeNew();
            case "best" -> new Best();
            case "reference" -> new ByReference();
            case "subclass" -> new BySubclass();
            case "counting" -> new Counting(false);
            case "counted" -> new Counting(true);
            case "temporary" -> new Temporary();
            case "logging" -> new Logging();
            case "lazy" -> new Lazy();
            case "append" -> new AppendOnly();
            case "cache" -> new Cache();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A log that is moved to log.1, and log.1 to log.2, each time it has five lines. */
    private static final class Shifted extends Way {

        private Writer log;

        @Override
        void begin() throws IOException {
            log = new FileWriter("log.txt", true);
            log.write("begins\n");
        }

        @Override
        void line(int step, String text) throws IOException {
            log.write(text);
            if (step % 5 == 2) {
                log.close();
                if (Files.exists(Path.of("log.1.txt"))) {
                    Files.move(Path.of("log.1.txt"), Path.of("log.2.txt"), StandardCopyOption.REPLACE_EXISTING);
                }
                if (!new File("log.txt").renameTo(new File("log.1.txt"))) {
                    throw new IOException("log.txt was not moved");
                }
                log = new FileWriter("log.txt", true);
            }
        }

        @Override
        void end() throws IOException {
            log.write("ends\n");
            log.close();
        }
    }

    /** A file of its own for every three lines, of which the last two are kept. */
    private static final class Numbered extends Way {

        private PrintWriter part;
        private long bytes;

        @Override
        void begin() throws IOException {
            part = new PrintWriter(new BufferedWriter(new FileWriter("part-0.txt")));
            part.println("first part");
        }

        @Override
        void line(int step, String text) throws IOException {
            part.print(text);
            if (step % 3 == 2) {
                part.close();
                bytes += Files.size(Path.of("part-" + step / 3 + ".txt"));
                int number = step / 3 + 1;
                part = new PrintWriter(new BufferedWriter(new FileWriter("part-" + number + ".txt")));
                part.println("after " + bytes);
                Files.deleteIfExists(Path.of("part-" + (number - 2) + ".txt"));
            }
        }

        @Override
        void end() {
            part.close();
        }
    }

    /** A file that is appended to, and begun anew after some lines. */
    private static final class Emptied extends Way {

        private long lengths;

        @Override
        void line(int step, String text) throws IOException {
            boolean append = step != 10 && step != 24;
            lengths = lengths * 31 + new File("emptied.txt").length();
            try (OutputStream out = new FileOutputStream(new File("emptied.txt"), append)) {
                out.write((lengths + "," + text).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Files and directories that must not be there. */
    private static final class MadeNew extends Way {

        @Override
        void line(int step, String text) throws IOException {
            Path directory = Path.of("step-" + step);
            Files.createDirectory(directory);
            Files.writeString(directory.resolve("line.txt"), text, StandardOpenOption.CREATE_NEW);
            Files.createFile(directory.resolve("done"));
            Files.copy(directory.resolve("line.txt"), Path.of("copy-" + step + ".txt"));
            try (var channel = java.nio.channels.FileChannel.open(
                    directory.resolve("channel.bin"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
            }
        }
    }

    /** The best so far is replaced as a whole, and the one before it is kept under another name. */
    private static final class Best extends Way {

        private int all;

        @Override
        void begin() throws IOException {
            Files.writeString(Path.of("best.txt"), "nothing yet\n");
        }

        @Override
        void line(int step, String text) throws IOException {
            if (step % 4 == 3) {
                Files.move(Path.of("best.txt"), Path.of("second.txt"), StandardCopyOption.ATOMIC_MOVE);
                all = all * 31 + Files.readString(Path.of("second.txt")).hashCode();
                Files.writeString(Path.of("best.tmp"), all + "," + text);
                Files.move(Path.of("best.tmp"), Path.of("best.txt"), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private interface Opening {

        Writer open(String file, boolean append) throws IOException;
    }

    /** Opened by references to constructors: one for the whole run, one for every line. */
    private static final class ByReference extends Way {

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

    private static final class Log extends FileWriter {

        Log(String name) throws IOException {
            super(name + ".txt");
        }
    }

    /** Opened by a constructor of the program's own that calls the one of the JDK. */
    private static final class BySubclass extends Way {

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
    private static final class CountingWriter extends Writer {

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
    private static final class Counting extends Way {

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

    /** A file that is made before the loop and deleted in it. */
    private static final class Temporary extends Way {

        @Override
        void begin() throws IOException {
            Files.writeString(Path.of("temporary.txt"), "for the first steps only\n");
        }

        @Override
        void line(int step, String text) throws IOException {
            if (step == 3) {
                Files.delete(Path.of("temporary.txt"));
            }
            Files.writeString(Path.of("last.txt"), text);
        }
    }

    /** A file that only the JDK opens. */
    private static final class Logging extends Way {

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
    private static final class Lazy extends Way {

        private Writer log;

        @Override
        void line(int step, String text) throws IOException {
            if (log == null) {
                log = new FileWriter("lazy.txt");
            }
            log.write(text);
        }
    }

    private static final class AppendOnly extends Way {

        @Override
        void line(int step, String text) throws IOException {
            Files.writeString(Path.of("append.txt"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** A file that is written at any place before the training, and read in it. */
    private static final class Cache extends Way {

        @Override
        void begin() throws IOException {
            try (RandomAccessFile file = new RandomAccessFile("cache.bin", "rw")) {
                for (int i = 0; i < STEPS; i++) {
                    file.seek(8L * (STEPS - 1 - i));
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
}
