package dev.belay.engine;

import dev.belay.store.CheckpointStore;
import dev.belay.store.DirectoryTrial;
import dev.belay.store.LastAttempt;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Examines whether checkpoints would be written well here: JDK, machine, file system, room and speed. */
public final class Examination {

    private static final int OLDEST_JDK = 17;
    private static final int NEWEST_JDK = 25;
    private static final long TRIAL_BYTES = 64L << 20;
    private static final int SHARE_OF_ROOM = 10;
    private static final double SLOW_BYTES_PER_SECOND = 20e6;

    private final Path outputDir;
    private final OptionalInt limit;
    private final LongSupplier nanos;
    private final List<Finding> findings = new ArrayList<>();

    private Examination(Path outputDir, OptionalInt limit, LongSupplier nanos) {
        this.outputDir = outputDir.toAbsolutePath().normalize();
        this.limit = limit;
        this.nanos = nanos;
    }

    /**
     * Writes a trial file, and deletes it again.
     *
     * @param outputDir which need not exist
     * @param limit how many checkpoints are kept; empty for all
     * @param nanos a clock
     */
    public static List<Finding> of(Path outputDir, OptionalInt limit, LongSupplier nanos) {
        Examination examination = new Examination(outputDir, limit, nanos);
        examination.machine();
        examination.directory();
        return List.copyOf(examination.findings);
    }

    private void machine() {
        int jdk = Runtime.version().feature();
        String text = Runtime.version() + ", " + System.getProperty("java.vm.vendor") + ", "
                + System.getProperty("java.home");
        if (jdk < OLDEST_JDK) {
            findings.add(
                    Finding.trouble("jdk", "found " + text + ", expected " + OLDEST_JDK + " or later; use another"));
        } else {
            findings.add(
                    jdk > NEWEST_JDK
                            ? Finding.warning("jdk", text + "; tested up to " + NEWEST_JDK)
                            : Finding.ok("jdk", text));
        }
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        boolean tested = system.equals("Linux amd64");
        findings.add(
                tested ? Finding.ok("system", system) : Finding.warning("system", system + "; tested on Linux amd64"));
        findings.add(
                Finding.ok("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
        findings.add(Finding.ok("engine", "state: tensors and the loop's state"));
    }

    private void directory() {
        Path existing = outputDir;
        while (!Files.exists(existing)) {
            existing = existing.getParent(); // the root exists
        }
        try {
            if (!existing.equals(outputDir)) {
                findings.add(Finding.ok("directory", outputDir + " is not there yet; " + existing + " is"));
            } else {
                DirectoryTrial.checkAccess(outputDir);
                findings.add(Finding.ok("directory", outputDir + " is ours"));
            }
            long usable = Files.getFileStore(existing).getUsableSpace();
            trial(existing, usable);
            room(usable, existing.equals(outputDir) ? checkpoints() : OptionalLong.empty());
        } catch (StoreProblem e) {
            findings.add(Finding.trouble("directory", e.getMessage()));
        } catch (IOException e) {
            findings.add(Finding.trouble(
                    "directory",
                    "found that " + existing + " cannot be written (" + e
                            + "), expected an output_dir of ours; choose another one"));
        }
    }

    private void trial(Path existing, long usable) throws IOException, StoreProblem {
        long bytes = Math.min(TRIAL_BYTES, usable / SHARE_OF_ROOM);
        if (bytes <= 0) {
            return; // there is no room, which is told next
        }
        double seconds = DirectoryTrial.run(existing, bytes, nanos) / 1e9;
        findings.add(Finding.ok(
                "file_system",
                Files.getFileStore(existing).type() + ": hard links, renames and fsync of directories work"));
        double speed = bytes / Math.max(seconds, 1e-9);
        String text = String.format(Locale.ROOT, "%.0f MB/s, fsync included", speed / 1e6);
        findings.add(
                speed < SLOW_BYTES_PER_SECOND
                        ? Finding.warning("write_speed", text + "; checkpoints will take long")
                        : Finding.ok("write_speed", text));
    }

    /** Returns how large the newest checkpoint is. */
    private OptionalLong checkpoints() throws IOException, StoreProblem {
        CheckpointStore store = CheckpointStore.openReadOnly(outputDir);
        store.logDamage().forEach(d -> findings.add(Finding.warning("commit_log", d)));
        Optional<LastAttempt> last = store.lastAttempt();
        last.ifPresent(a -> findings.add(Finding.ok("last_start", standing(a))));
        List<CheckpointRow> rows = CheckpointRows.of(store);
        rows.stream()
                .filter(CheckpointRow::latest)
                .findFirst()
                .ifPresent(r -> findings.add(Finding.ok("latest", r.name())));
        long aside = rows.stream().filter(r -> !r.isCommitted()).count();
        if (aside > 0) {
            findings.add(Finding.warning("set_aside", aside + " directories that are not used; ls shows them"));
        }
        return rows.stream()
                .filter(CheckpointRow::latest)
                .mapToLong(CheckpointRow::bytes)
                .findFirst();
    }

    private static String standing(LastAttempt last) {
        String standing = last.finished()
                ? "finished"
                : switch (Holder.life(last.info())) {
                    case RUNS -> "still runs";
                    case OVER -> "was ended before it finished";
                    case UNKNOWN -> "did not finish; it may still run elsewhere";
                };
        return last.started() + ", " + Holder.text(last.info()) + ": " + standing;
    }

    private void room(long usable, OptionalLong checkpoint) {
        String free = size(usable) + " free";
        if (checkpoint.isEmpty()) {
            findings.add(Finding.ok("room", free + "; how large a checkpoint will be, explain tells"));
            return;
        }
        int more = limit.isEmpty() ? 1 : limit.getAsInt() + 1;
        long needed = more * checkpoint.getAsLong();
        String text = free + ", " + size(needed) + " for " + more + (limit.isEmpty() ? " more" : " (the limit and one)")
                + " of " + size(checkpoint.getAsLong());
        findings.add(
                usable < needed
                        ? Finding.trouble("room", "found " + text + "; make room, or choose another output_dir")
                        : Finding.ok("room", text));
    }

    private static String size(long bytes) {
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
