package dev.belay.state;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** The files that a snapshot becomes. */
public final class SnapshotFiles {

    static final String LOOP = "loop.kryo";

    /** The file of the arrays that do not change. */
    public static final String CONSTANT = TensorFile.DATA.fileName();

    private SnapshotFiles() {}

    /** Returns whether a file of that name holds nothing but arrays that do not change. */
    public static boolean isConstant(String name) {
        return name.equals(CONSTANT);
    }

    /** Returns whether a file of that name holds the model's parameters, or a plain program's arrays that change. */
    public static boolean isModel(String name) {
        return name.equals(TensorFile.MODEL.fileName());
    }

    /**
     * Returns the files' names in the order of writing: tensor files that hold something, first those that the program
     * waits for, then the object graph.
     */
    public static List<String> names(Snapshot snapshot) {
        List<String> names = new ArrayList<>();
        for (boolean held : new boolean[] {true, false}) {
            for (TensorFile file : TensorFile.values()) {
                if (snapshot.isHeld(file) == held && snapshot.tensors().stream().anyMatch(t -> t.file() == file)) {
                    names.add(file.fileName());
                }
            }
        }
        names.add(LOOP);
        return names;
    }

    /**
     * Writes one file; tensors go from staging memory to the channel without a copy. The channel stays open.
     *
     * @param name one of {@link #names}
     */
    public static void write(Snapshot snapshot, String name, WritableByteChannel to) throws IOException {
        if (name.equals(LOOP)) {
            HeapCodec.write(snapshot.image(), Channels.newOutputStream(to));
            return;
        }
        TensorFile file = TensorFile.named(name);
        List<StagedTensor> tensors =
                snapshot.tensors().stream().filter(t -> t.file() == file).toList();
        SafetensorsWriter.write(tensors, snapshot.aliases(file), to);
    }
}
