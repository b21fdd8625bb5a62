package dev.belay.state;

/** The tensor files of a checkpoint. */
public enum TensorFile {
    /** Parameters under their block paths; plain programs: arrays under their paths. */
    MODEL("model.safetensors"),
    /** Optimizer slots as {@code <parameter>.<slot>}, random generators' states. */
    OPTIMIZER("optimizer.safetensors");

    private final String fileName;

    TensorFile(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }
}
