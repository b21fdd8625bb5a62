package dev.belay.adapter.djl;

import dev.belay.state.TensorFile;

/**
 * What is saved of one tensor beside its elements.
 *
 * @param name the tensor's in its file, or the parameter's
 * @param owner names the manager that it was attached to
 * @param trained whether it has or is to get a gradient of its own
 * @param gradient see {@link TensorCopies}
 * @param layout how it lay in memory
 * @param label the name that the program gave it, or null
 */
record SavedTensor(
        Kind kind,
        String engine,
        String file,
        String name,
        String owner,
        boolean trained,
        int gradient,
        Layout layout,
        String label) {

    enum Kind {
        TENSOR,
        /** A trained parameter, which is saved with its trainer. */
        PARAMETER,
        /** It was closed, but is still referred to. */
        CLOSED
    }

    private static final int PARTS = 9;

    static SavedTensor closed(String engine) {
        return bare(Kind.CLOSED, engine, "");
    }

    static SavedTensor parameter(String engine, String name) {
        return bare(Kind.PARAMETER, engine, name);
    }

    private static SavedTensor bare(Kind kind, String engine, String name) {
        return new SavedTensor(kind, engine, "", name, "", false, TensorCopies.NO_GRADIENT, Layout.ROW_MAJOR, null);
    }

    TensorFile tensorFile() {
        return TensorFile.valueOf(file);
    }

    String text() {
        String named = label == null ? "" : "=" + label;
        return String.join(
                "\n", kind.name(), engine, file, name, owner, "" + trained, "" + gradient, layout.text(), named);
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
                Layout.parse(parts[7]),
                parts[8].isEmpty() ? null : parts[8].substring(1));
    }
}
