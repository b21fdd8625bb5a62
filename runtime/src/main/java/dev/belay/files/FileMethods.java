package dev.belay.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.Set;

/**
 * What woven code calls in place of methods of {@link Files} and {@link FileChannel} that write files: the same names and
 * the same arguments.
 */
public final class FileMethods {

    private static final OpenOption[] STANDARD = {
        StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
    };

    private FileMethods() {}

    public static OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        return Files.newOutputStream(writing(path, options), options);
    }

    public static BufferedWriter newBufferedWriter(Path path, OpenOption... options) throws IOException {
        return Files.newBufferedWriter(writing(path, options), options);
    }

    public static BufferedWriter newBufferedWriter(Path path, Charset charset, OpenOption... options)
            throws IOException {
        return Files.newBufferedWriter(writing(path, options), charset, options);
    }

    public static Path write(Path path, byte[] bytes, OpenOption... options) throws IOException {
        Files.write(writing(path, options), bytes, options);
        return path;
    }

    public static Path write(Path path, Iterable<? extends CharSequence> lines, OpenOption... options)
            throws IOException {
        Files.write(writing(path, options), lines, options);
        return path;
    }

    public static Path write(Path path, Iterable<? extends CharSequence> lines, Charset charset, OpenOption... options)
            throws IOException {
        Files.write(writing(path, options), lines, charset, options);
        return path;
    }

    public static Path writeString(Path path, CharSequence text, OpenOption... options) throws IOException {
        Files.writeString(writing(path, options), text, options);
        return path;
    }

    public static Path writeString(Path path, CharSequence text, Charset charset, OpenOption... options)
            throws IOException {
        Files.writeString(writing(path, options), text, charset, options);
        return path;
    }

    public static SeekableByteChannel newByteChannel(Path path, OpenOption... options) throws IOException {
        return Files.newByteChannel(channel(path, Set.copyOf(Arrays.asList(options))), options);
    }

    public static SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return Files.newByteChannel(channel(path, options), options, attributes);
    }

    public static FileChannel open(Path path, OpenOption... options) throws IOException {
        return FileChannel.open(channel(path, Set.copyOf(Arrays.asList(options))), options);
    }

    public static FileChannel open(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return FileChannel.open(channel(path, options), options, attributes);
    }

    private static Path writing(Path path, OpenOption... options) throws IOException {
        return channel(path, options.length == 0 ? Set.of(STANDARD) : Set.copyOf(Arrays.asList(options)), true);
    }

    private static Path channel(Path path, Set<? extends OpenOption> options) throws IOException {
        return channel(path, options, false);
    }

    private static Path channel(Path path, Set<? extends OpenOption> options, boolean writes) throws IOException {
        boolean appends = options.contains(StandardOpenOption.APPEND);
        if (path == null || !(writes || appends || options.contains(StandardOpenOption.WRITE))) {
            return path;
        }
        Opening opening = new Opening(
                appends,
                options.contains(StandardOpenOption.TRUNCATE_EXISTING),
                options.contains(StandardOpenOption.CREATE_NEW),
                options.contains(StandardOpenOption.READ));
        return FileCalls.files().opening(path, opening);
    }
}
