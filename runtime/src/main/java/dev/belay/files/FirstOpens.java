package dev.belay.files;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A journal of how long a file was before the job first appended to it. A file that was first opened after the newest
 * checkpoint has no record there; this tells where the lines of the lost steps begin.
 */
final class FirstOpens {

    private final Path journal;
    private final Map<Path, Long> lengths = new HashMap<>();

    FirstOpens(Path journal) {
        this.journal = journal;
    }

    /** Forgets what another job noted. */
    void clear() throws IOException {
        Files.deleteIfExists(journal);
    }

    /** Reads what the attempts before noted; the last line may be torn. */
    void read() throws IOException {
        if (Files.exists(journal)) {
            String text = Files.readString(journal, StandardCharsets.US_ASCII);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
                int space = line.indexOf(' ');
                lengths.putIfAbsent(
                        Path.of(URI.create(line.substring(space + 1))), Long.parseLong(line.substring(0, space)));
            });
        }
    }

    /** Returns the noted length, {@link FileRecord#ABSENT} for none, or null if no attempt before appended to the file. */
    Long noted(Path real) {
        return lengths.get(real);
    }

    /** Notes a file that is about to be appended to for the first time. */
    void note(Path real, long length) throws IOException {
        if (lengths.putIfAbsent(real, length) == null) {
            Files.createDirectories(journal.getParent());
            Files.writeString(
                    journal,
                    length + " " + real.toUri().toASCIIString() + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
