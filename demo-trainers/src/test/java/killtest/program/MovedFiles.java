package killtest.program;

import java.io.BufferedWriter;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Ways of a {@link Rotating} program to move, empty, replace, delete and make files. */
final class MovedFiles {

    private MovedFiles() {}

    /** A log that is moved to log.1, and log.1 to log.2, each time it has five lines. */
    static final class Shifted extends Rotating.Way {

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
    static final class Numbered extends Rotating.Way {

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
    static final class Emptied extends Rotating.Way {

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
    static final class MadeNew extends Rotating.Way {

        @Override
        void line(int step, String text) throws IOException {
            Path directory = Path.of("step-" + step);
            Files.createDirectory(directory);
            Files.writeString(directory.resolve("line.txt"), text, StandardOpenOption.CREATE_NEW);
            Files.createFile(directory.resolve("done"));
            Files.copy(directory.resolve("line.txt"), Path.of("copy-" + step + ".txt"));
            try (var channel = FileChannel.open(
                    directory.resolve("channel.bin"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
            }
        }
    }

    /** The best so far is replaced as a whole, and the one before it is kept under another name. */
    static final class Best extends Rotating.Way {

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

    /** A file that is made before the loop and deleted in it. */
    static final class Temporary extends Rotating.Way {

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

    /** A file that is written as a whole, appended to, written again and moved away, in turns. */
    static final class Mixed extends Rotating.Way {

        private static final Path FILE = Path.of("mixed.txt");

        @Override
        void line(int step, String text) throws IOException {
            switch (step) {
                case 2, 5, 10, 18, 26 -> Files.writeString(FILE, text);
                case 8, 15, 22 -> Files.writeString(FILE, text, StandardOpenOption.APPEND);
                case 24 -> Files.move(FILE, Path.of("mixed.1.txt"));
                default -> Files.writeString(Path.of("last.txt"), text);
            }
        }
    }
}
