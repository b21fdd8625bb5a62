package dev.belay.engine.export;

import dev.belay.state.SavedState;
import dev.belay.state.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a checkpoint's tensors in another format. */
public final class ExportFiles {

    private static final int MOST_EPOCHS = 9_999;

    private final Path checkpoint;
    private final Path directory;
    private final double epoch;

    /**
     * @param checkpoint which the store MUST have verified
     * @param directory where files go; made if it is not there
     * @param epoch of the checkpoint, for names; NaN where unknown
     */
    public ExportFiles(Path checkpoint, Path directory, double epoch) {
        this.checkpoint = checkpoint;
        this.directory = directory;
        this.epoch = epoch;
    }

    /**
     * Writes the parameters, or all tensors.
     *
     * @param all whether optimizer and data go along; DJL's format has no place for them
     * @return the files
     */
    public List<Path> write(ExportFormat format, boolean all) throws IOException, NotExportable {
        SavedState state = SavedState.open(checkpoint);
        return format == ExportFormat.DJL ? models(state) : tensors(state, format, all);
    }

    private List<Path> models(SavedState state) throws IOException, NotExportable {
        List<Path> written = new ArrayList<>();
        int number = Double.isNaN(epoch) ? 0 : (int) Math.min(MOST_EPOCHS, epoch);
        for (DjlParameters model : DjlParameters.of(state)) {
            String name = String.format(Locale.ROOT, "%s-%04d.params", model.model(), number);
            written.add(OutputFile.write(directory, name, model::write));
        }
        return written;
    }

    private List<Path> tensors(SavedState state, ExportFormat format, boolean all) throws IOException, NotExportable {
        List<Path> written = new ArrayList<>();
        for (TensorFile file : TensorFile.values()) {
            if ((all || file == TensorFile.MODEL) && !state.tensors(file).isEmpty()) {
                String name = file.fileName();
                written.add(
                        format == ExportFormat.NPZ
                                ? OutputFile.write(
                                        directory,
                                        name.replace(".safetensors", ".npz"),
                                        out -> NumpyArchive.write(state, file, out))
                                : OutputFile.write(directory, name, out -> Files.copy(checkpoint.resolve(name), out)));
            }
        }
        if (written.isEmpty()) {
            throw new NotExportable("found no parameters in the checkpoint, expected arrays that change; export all"
                    + " tensors with --all");
        }
        return written;
    }
}
