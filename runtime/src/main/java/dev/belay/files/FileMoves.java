package dev.belay.files;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;

/**
 * What woven code calls in place of methods of {@link Files} and {@link File} that copy, move, delete and make files: the
 * same names and the same arguments, with the object first where the method was its own.
 */
public final class FileMoves {

    private FileMoves() {}

    private static FileEvents files() {
        return FileCalls.files();
    }

    private static boolean mustBeNew(CopyOption... options) {
        return !Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING)
                && !Arrays.asList(options).contains(StandardCopyOption.ATOMIC_MOVE);
    }

    public static long copy(InputStream in, Path target, CopyOption... options) throws IOException {
        if (files().isKept(target)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
        files().making(target, mustBeNew(options));
        long bytes = Files.copy(in, target, options);
        files().made(target);
        return bytes;
    }

    public static Path copy(Path source, Path target, CopyOption... options) throws IOException {
        if (files().isKept(target)) {
            return target;
        }
        files().making(target, mustBeNew(options));
        Path copy = Files.copy(source, target, options);
        if (!Files.isDirectory(target)) {
            files().made(target);
        }
        return copy;
    }

    public static Path move(Path source, Path target, CopyOption... options) throws IOException {
        if (files().isKept(target)) {
            if (!files().isKept(source)) {
                Files.deleteIfExists(source); // it was written again, only to be moved
            }
            return target;
        }
        if (files().isKept(source)) {
            return copied(source, target);
        }
        files().moving(source);
        files().making(target, mustBeNew(options));
        Path moved = Files.move(source, target, options);
        files().gone(source);
        files().made(target);
        return moved;
    }

    /** What the program moves is needed where it is, as it was there again at the saved position. */
    private static Path copied(Path source, Path target) throws IOException {
        if (Files.isRegularFile(source)) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            files().made(target);
        }
        return target;
    }

    public static boolean renameTo(File file, File target) {
        try {
            Path from = file.toPath();
            Path to = target.toPath();
            if (files().isKept(to)) {
                return files().isKept(from) || file.delete();
            }
            if (files().isKept(from)) {
                copied(from, to);
                return true;
            }
            files().moving(from);
            files().making(to, false);
            boolean moved = file.renameTo(target);
            if (moved) {
                files().gone(from);
                files().made(to);
            }
            return moved;
        } catch (IOException e) {
            return false; // as the method has it
        }
    }

    public static void delete(Path path) throws IOException {
        if (!files().isKept(path)) {
            files().leaving(path);
            Files.delete(path);
            files().gone(path);
        }
    }

    public static boolean deleteIfExists(Path path) throws IOException {
        if (files().isKept(path)) {
            return true;
        }
        files().leaving(path);
        boolean deleted = Files.deleteIfExists(path);
        files().gone(path);
        return deleted;
    }

    public static boolean delete(File file) {
        try {
            if (files().isKept(file.toPath())) {
                return true;
            }
            files().leaving(file.toPath());
            boolean deleted = file.delete();
            if (deleted) {
                files().gone(file.toPath());
            }
            return deleted;
        } catch (IOException e) {
            return false; // as the method has it
        }
    }

    public static Path createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        return files().isKept(path) || files().madeBefore(path) ? path : Files.createDirectory(path, attributes);
    }

    public static boolean mkdir(File file) {
        try {
            return files().isKept(file.toPath()) || files().madeBefore(file.toPath()) || file.mkdir();
        } catch (IOException e) {
            return false; // as the method has it
        }
    }

    public static Path createFile(Path path, FileAttribute<?>... attributes) throws IOException {
        if (files().isKept(path)) {
            return path;
        }
        files().making(path, true);
        Path made = Files.createFile(path, attributes);
        files().made(path);
        return made;
    }

    public static boolean createNewFile(File file) throws IOException {
        if (files().isKept(file.toPath())) {
            return true;
        }
        files().making(file.toPath(), true);
        boolean made = file.createNewFile();
        if (made) {
            files().made(file.toPath());
        }
        return made;
    }
}
