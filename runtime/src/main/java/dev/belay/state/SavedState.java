package dev.belay.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
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

    private static final int PIECE_BYTES = 1 << 20;

    private final HeapImage image;
    private final Map<TensorFile, SafetensorsFile> files;
    private final SavedArrays arrays;

    private SavedState(HeapImage image, Map<TensorFile, SafetensorsFile> files) {
        this.image = image;
        this.files = files;
        this.arrays = new SavedArrays(files);
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
        state.arrays.check(image);
        return state;
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

    /** Returns the names of the arrays that did not change before. */
    public Set<String> constantArrays() {
        return tensors(TensorFile.DATA);
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
        return new HeapRestore(image, policy, loader, arrays::read, this);
    }

    /** Returns other names of a file's tensors, each with the tensor's own. */
    public Map<String, String> aliases(TensorFile file) {
        return files.containsKey(file) ? Map.copyOf(files.get(file).aliases()) : Map.of();
    }

    /** Returns the size of a tensor. */
    public long bytes(TensorFile file, String name) {
        return file(file).tensor(name).bytes();
    }

    /** Writes a tensor's bytes, a piece at a time; the channel stays open. */
    public void write(TensorFile file, String name, WritableByteChannel to) throws IOException {
        TensorEntry tensor = file(file).tensor(name);
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        for (long at = 0; at < tensor.bytes(); at += PIECE_BYTES) {
            file(file).read(tensor, at, piece.clear().limit((int) Math.min(PIECE_BYTES, tensor.bytes() - at)));
            piece.flip();
            while (piece.hasRemaining()) {
                to.write(piece);
            }
        }
    }

    /**
     * Puts the arrays of floating-point numbers into the running program, in place; all else stays as it is.
     *
     * @param policy how the program's objects are treated, as at the capture
     * @param frames the live activations, outermost first
     */
    public LoadedModel loadModel(ObjectPolicy policy, ClassLoader loader, List<LiveFrame> frames) {
        TypeResolver types = new TypeResolver(loader);
        HeapBinding binding = new HeapBinding(image, policy, types, new LiveContents(image, policy, types, this));
        return new ModelArrays(image, binding).load(frames, new StaticFields(image, types).fields(false), arrays::read);
    }

    static Unsupported unreadable(String tensor, IOException e) {
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
