package dev.belay.state;

/** The tensor files of a checkpoint. */
public enum TensorFile {
    /** A framework's parameters under their block paths; plain programs: arrays that change, under their paths. */
    MODEL("model.safetensors"),
    /** Optimizer slots as {@code <parameter>.<slot>}, random generators' states. */
    OPTIMIZER("optimizer.safetensors"),
    /** Arrays of the program itself that change, where {@link #MODEL} holds a framework's parameters. */
    ARRAYS("arrays.safetensors"),
    /** Large arrays that do not change: shared with the checkpoint before as long as that is so. */
    DATA("data.safetensors");

    private final String fileName;

    TensorFile(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }

    static TensorFile named(String fileName) {
        for (TensorFile file : values()) {
            if (file.fileName.equals(fileName)) {
                return file;
            }
        }
        throw new IllegalArgumentException("no file of tensors: " + fileName);
    }
}
