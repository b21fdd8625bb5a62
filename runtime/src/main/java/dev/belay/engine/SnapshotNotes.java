package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.state.Adapters;
import dev.belay.store.ManifestInfo;
import java.util.Map;
import java.util.TreeMap;

/** What a manifest says of a snapshot beside its files: counts, fingerprint and what a resume needs. */
final class SnapshotNotes {

    private final ProgramFiles files;
    private final Adapters adapters;
    private final ElapsedTime elapsed;
    private final Map<String, String> processFingerprint;
    private Map<String, String> adapterFingerprint = Map.of();
    private int adaptersSeen;

    SnapshotNotes(ProgramFiles files, Adapters adapters, ElapsedTime elapsed, Map<String, String> processFingerprint) {
        this.files = files;
        this.adapters = adapters;
        this.elapsed = elapsed;
        this.processFingerprint = processFingerprint;
    }

    /** Returns what is known of the snapshot that was just captured here. */
    ManifestInfo of(LoopFrame frame, StepCounter counter) {
        Map<String, String> fingerprint = new TreeMap<>(processFingerprint);
        if (adaptersSeen != adapters.loaded().size()) {
            adaptersSeen = adapters.loaded().size();
            adapterFingerprint = Resumption.adapterFingerprint(adapters.loaded());
        }
        fingerprint.putAll(adapterFingerprint);
        Map<String, String> notes = new TreeMap<>(counter.notes());
        notes.putAll(Resumption.notes(frame));
        notes.putAll(elapsed.notes()); // after the capture: no saved time is later
        notes.putAll(files.notes());
        return new ManifestInfo(counter.steps(), counter.epoch(), 0, fingerprint, notes);
    }
}
