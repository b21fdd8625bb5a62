package dev.belay.state;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checkpoint's state as read from its directory. Headers and the object graph are in memory, tensors are read on
 * demand; no file stays open.
 */
public final class SavedState implements RestoreSource {

    private static final int CHUNK_BYTES = 1 << 20;

    private final HeapImage image;
    private final Map<TensorFile, SafetensorsFile> files;
    private ByteBuffer chunk;

    private SavedState(HeapImage image, Map<TensorFile, SafetensorsFile> files) {
        this.image = image;
        this.files = files;
    }

    /**
     * Reads the object graph and the headers of the tensor files. The store MUST have verified the directory.
     *
     * @throws IOException if a file is missing or cannot be read
     * @throws Unsupported if a file is damaged or of another format
     */
    public static SavedState open(Path directory) throws IOException {
        HeapImage image;
        Path loop = directory.resolve(SnapshotFiles.LOOP);
        try (FileChannel channel = FileChannel.open(loop, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            image = HeapCodec.read(Channels.newInputStream(channel), channel.size());
        }
        Map<TensorFile, SafetensorsFile> files = new EnumMap<>(TensorFile.class);
        for (TensorFile file : TensorFile.values()) {
            Path path = directory.resolve(file.fileName());
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                files.put(file, new SafetensorsFile(path));
            }
        }
        SavedState state = new SavedState(image, files);
        state.checkArrays();
        return state;
    }

    /** An array that the graph refers to MUST be there in full before anything of its length is allocated. */
    private void checkArrays() {
        for (HeapNode node : image.nodes()) {
            if (node instanceof HeapNode.Primitives p && p.tensor() != null) {
                TensorEntry t = arrays().tensor(p.tensor());
                String dtype = ArrayBytes.dtype(ArrayBytes.component(p.type()));
                if (!t.dtype().name().equals(dtype) || t.shape().length != 1 || t.shape()[0] != p.length()) {
                    throw new Unsupported(
                            "array " + p.tensor(),
                            "found " + t.dtype() + java.util.Arrays.toString(t.shape()) + ", expected " + dtype + "["
                                    + p.length() + "]; it is damaged or foreign");
                }
            }
        }
    }

    /** Returns where the program's own arrays are: beside a framework's parameters, or in their place. */
    private SafetensorsFile arrays() {
        return file(files.containsKey(TensorFile.DATA) ? TensorFile.DATA : TensorFile.MODEL);
    }

    private SafetensorsFile file(TensorFile file) {
        SafetensorsFile found = files.get(file);
        if (found == null) {
            throw new Unsupported(file.fileName(), "the checkpoint has no such file; resume with the old program");
        }
        return found;
    }

    HeapImage image() {
        return image;
    }

    Map<TensorFile, SafetensorsFile> files() {
        return files;
    }

    /** Returns the loop position, outermost activation first. */
    public List<FrameImage> frames() {
        return image.frames();
    }

    /**
     * Returns a restore of the graph into the program that {@code loader} loads.
     *
     * @param policy how the program's objects are treated, as at the capture
     */
    public HeapRestore restore(ObjectPolicy policy, ClassLoader loader) {
        return new HeapRestore(image, policy, loader, this::readArray, this);
    }

    private synchronized void readArray(String tensor, Object array) {
        if (chunk == null) {
            chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        }
        TensorEntry t = arrays().tensor(tensor);
        int[] at = new int[1];
        if (t.bytes() != (long) Array.getLength(array) * t.dtype().bytes()) {
            throw new IllegalStateException("array " + tensor + " was checked when the checkpoint was opened");
        }
        try {
            arrays().read(t, chunk, piece -> {
                int count = piece.remaining() / t.dtype().bytes();
                ArrayBytes.copyIn(piece, array, at[0], count);
                at[0] += count;
            });
        } catch (IOException e) {
            throw unreadable(tensor, e);
        }
    }

    private static Unsupported unreadable(String tensor, IOException e) {
        return new Unsupported(
                "tensor " + tensor, "it can no longer be read (" + e + "); check the file system and start again");
    }

    @Override
    public Set<String> tensors(TensorFile file) {
        return files.containsKey(file) ? files.get(file).names() : Set.of();
    }

    @Override
    public long[] shape(TensorFile file, String name) {
        return file(file).tensor(name).shape().clone();
    }

    @Override
    public String dtype(TensorFile file, String name) {
        return file(file).tensor(name).dtype().name();
    }

    @Override
    public void read(TensorFile file, String name, List<ByteBuffer> destination) {
        try {
            file(file).read(file(file).tensor(name), destination);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public Optional<Object> value(String key) {
        return Optional.ofNullable(image.values().get(key));
    }

    @Override
    public Set<String> keys() {
        return image.values().keySet();
    }
}
