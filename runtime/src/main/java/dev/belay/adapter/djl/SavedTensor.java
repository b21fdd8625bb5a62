package dev.belay.adapter.djl;

import dev.belay.state.TensorFile;

/**
 * What is saved of one tensor beside its elements.
 *
 * @param name the tensor's in its file, or the parameter's
 * @param owner names the manager that it was attached to
 * @param trained whether it has or is to get a gradient of its own
 * @param gradient see {@link TensorCopies}
 * @param label the name that the program gave it, or null
 */
record SavedTensor(
        Kind kind, String engine, String file, String name, String owner, boolean trained, int gradient, String label) {

    enum Kind {
        TENSOR,
        /** A trained parameter, which is saved with its trainer. */
        PARAMETER,
        /** It was closed, but is still referred to. */
        CLOSED
    }

    private static final int PARTS = 8;

    static SavedTensor closed(String engine) {
        return new SavedTensor(Kind.CLOSED, engine, "", "", "", false, TensorCopies.NO_GRADIENT, null);
    }

    static SavedTensor parameter(String engine, String name) {
        return new SavedTensor(Kind.PARAMETER, engine, "", name, "", false, TensorCopies.NO_GRADIENT, null);
    }

    TensorFile tensorFile() {
        return TensorFile.valueOf(file);
    }

    String text() {
        String named = label == null ? "" : "=" + label;
        return String.join("\n", kind.name(), engine, file, name, owner, "" + trained, "" + gradient, named);
    }

    static SavedTensor of(String text) {
        String[] parts = text.split("\n", PARTS);
        return new SavedTensor(
                Kind.valueOf(parts[0]),
                parts[1],
                parts[2],
                parts[3],
                parts[4],
                Boolean.parseBoolean(parts[5]),
                Integer.parseInt(parts[6]),
                parts[7].isEmpty() ? null : parts[7].substring(1));
    }
}
