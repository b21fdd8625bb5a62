package dev.belay.engine.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats that tensors are written in for others. */
public enum ExportFormat {
    /** A {@code .params} file, as DJL's {@code Model.save} writes it. */
    DJL,
    /** NumPy's archive of arrays. */
    NPZ,
    /** As in the checkpoint itself. */
    SAFETENSORS;

    /** Returns the format that users call so. */
    public static Optional<ExportFormat> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    /** Returns the word that users write. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
