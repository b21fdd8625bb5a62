package dev.belay.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Captures locals of one frame, writes them as real files, and restores them from there. */
final class Checkpoints {

    private Checkpoints() {}

    static ObjectPolicy policy() {
        return new ObjectPolicy(List.of(), List.of(), List::of);
    }

    static Snapshot capture(Object... locals) {
        return capture(List.of(), locals);
    }

    static Snapshot capture(List<StaticField> statics, Object... locals) {
        HeapCapture capture = new HeapCapture(policy(), new Staging(), TensorFile.MODEL);
        int[] numbers = new int[locals.length];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("local" + i);
            numbers[i] = capture.local("Test.run/local" + i, locals[i]);
        }
        capture.frame(new FrameImage("a/Test#run()V", "hash", 0, 1, names, numbers, List.of()));
        capture.statics(statics);
        return capture.finish();
    }

    static void write(Snapshot snapshot, Path directory) throws IOException {
        for (String name : SnapshotFiles.names(snapshot)) {
            try (FileChannel channel = FileChannel.open(
                    directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                SnapshotFiles.write(snapshot, name, channel);
            }
        }
    }

    /** Restores into fresh locals; returns the locals to go on with. */
    static Object[] restore(Snapshot snapshot, Object... fresh) {
        try {
            Path directory = Files.createTempDirectory("belay-state");
            try {
                write(snapshot, directory);
                SavedState state = SavedState.open(directory);
                return state.restore(policy(), Checkpoints.class.getClassLoader())
                        .resume(state.frames().get(0), fresh, Map.of());
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Saves one object, restores it into a fresh one; returns the object to go on with. */
    @SuppressWarnings("unchecked")
    static <T> T through(T saved, T fresh) {
        return (T) restore(capture(saved), fresh)[0];
    }
}
