package dev.belay.files;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.Set;

/**
 * What woven code calls in place of methods of {@link Files}, {@link FileChannel} and {@link File}: the same names and
 * the same arguments, with the object first where the method was its own.
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

    public static long copy(InputStream in, Path target, CopyOption... options) throws IOException {
        if (FileCalls.files().isKept(target)) {
            return FileCalls.drained(in);
        }
        long bytes = Files.copy(in, target, options);
        FileCalls.files().made(target);
        return bytes;
    }

    public static Path copy(Path source, Path target, CopyOption... options) throws IOException {
        if (FileCalls.files().isKept(target)) {
            return target;
        }
        Path copy = Files.copy(source, target, options);
        if (!Files.isDirectory(target)) {
            FileCalls.files().made(target);
        }
        return copy;
    }

    public static Path move(Path source, Path target, CopyOption... options) throws IOException {
        WrittenFiles files = FileCalls.files();
        if (files.isKept(target)) {
            if (!files.isKept(source)) {
                Files.deleteIfExists(source); // it was written again, only to be moved
            }
            return target;
        }
        Path moved = Files.move(source, target, options);
        if (!Files.isDirectory(target)) {
            files.gone(source);
            files.made(target);
        }
        return moved;
    }

    public static void delete(Path path) throws IOException {
        if (!FileCalls.files().isKept(path)) {
            Files.delete(path);
            FileCalls.files().gone(path);
        }
    }

    public static boolean deleteIfExists(Path path) throws IOException {
        if (FileCalls.files().isKept(path)) {
            return true;
        }
        boolean deleted = Files.deleteIfExists(path);
        FileCalls.files().gone(path);
        return deleted;
    }

    public static boolean delete(File file) {
        if (FileCalls.files().isKept(file.toPath())) {
            return true;
        }
        boolean deleted = file.delete();
        FileCalls.files().gone(file.toPath());
        return deleted;
    }

    public static boolean renameTo(File file, File target) {
        try {
            WrittenFiles files = FileCalls.files();
            if (files.isKept(target.toPath())) {
                return files.isKept(file.toPath()) || file.delete();
            }
            boolean moved = file.renameTo(target);
            if (moved && !target.isDirectory()) {
                files.gone(file.toPath());
                files.made(target.toPath());
            }
            return moved;
        } catch (java.nio.file.InvalidPathException e) {
            return file.renameTo(target);
        }
    }

    public static Path createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        return FileCalls.files().isKept(path) ? path : Files.createDirectory(path, attributes);
    }

    public static Path createFile(Path path, FileAttribute<?>... attributes) throws IOException {
        if (FileCalls.files().isKept(path)) {
            return path;
        }
        Path made = Files.createFile(path, attributes);
        FileCalls.files().made(path);
        return made;
    }

    public static boolean createNewFile(File file) throws IOException {
        if (FileCalls.files().isKept(file.toPath())) {
            return true;
        }
        boolean made = file.createNewFile();
        if (made) {
            FileCalls.files().made(file.toPath());
        }
        return made;
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
        boolean createNew = options.contains(StandardOpenOption.CREATE_NEW);
        boolean empty = createNew || !Files.exists(path) || Files.size(path) == 0;
        boolean empties = empty || options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        boolean reads = options.contains(StandardOpenOption.READ);
        OpenMode mode = appends ? OpenMode.APPEND : empties && !reads ? OpenMode.WHOLE : OpenMode.RANDOM;
        return FileCalls.files().opening(path, mode, createNew);
    }
}
