package dev.belay.engine;

import dev.belay.engine.export.ExportFiles;
import dev.belay.engine.export.ExportFormat;
import dev.belay.engine.export.NotExportable;
import dev.belay.state.Unsupported;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the tensors of a checkpoint in a format of others. */
public final class Exporting {

    private Exporting() {}

    /**
     * Reads all of a checkpoint first, and refuses one that is damaged.
     *
     * @param source a checkpoint, or an output_dir for the latest one in it
     * @param target a directory; made if it is not there
     * @param all whether optimizer and data go along
     * @param watcher is told how far the verification has come
     * @return the files that were written
     */
    public static List<Path> export(
            Path source, ExportFormat format, Path target, boolean all, Verification.Watcher watcher)
            throws InspectionProblem, IOException {
        GivenDirectory given = GivenDirectory.of(source);
        Path checkpoint = given.checkpoint();
        Reading reading = CheckpointStore.reading(checkpoint);
        try {
            String name = checkpoint.getFileName().toString();
            given.intactCheckpoint((done, total) -> watcher.read(name, done, total));
            double epoch = GivenDirectory.row(checkpoint).epoch();
            return new ExportFiles(checkpoint, target, epoch).write(format, all);
        } catch (NotExportable e) {
            throw InspectionProblem.refused(e.getMessage());
        } catch (Unsupported e) {
            throw InspectionProblem.damaged(checkpoint + ": " + e.getMessage());
        } finally {
            reading.close();
        }
    }
}
