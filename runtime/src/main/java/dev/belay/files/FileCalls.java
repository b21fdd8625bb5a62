package dev.belay.files;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What woven code calls where it opens a file by a constructor: each method takes the arguments and returns the file to
 * open, as the first of them was given. Static methods of the JDK are replaced by those of {@link FileMethods}.
 */
public final class FileCalls {

    private static volatile WrittenFiles files;

    private FileCalls() {}

    /** Makes {@code next} the receiver of all that woven code reports; called once, before any class is woven. */
    public static void connect(WrittenFiles next) {
        files = next;
    }

    static WrittenFiles files() {
        return files;
    }

    public static String output(String file) throws IOException {
        return opening(file, OpenMode.WHOLE);
    }

    public static String output(String file, boolean append) throws IOException {
        return opening(file, append ? OpenMode.APPEND : OpenMode.WHOLE);
    }

    public static String output(String file, String charset) throws IOException {
        return opening(file, OpenMode.WHOLE);
    }

    public static String output(String file, Charset charset) throws IOException {
        return opening(file, OpenMode.WHOLE);
    }

    public static String output(String file, Charset charset, boolean append) throws IOException {
        return opening(file, append ? OpenMode.APPEND : OpenMode.WHOLE);
    }

    public static File output(File file) throws IOException {
        return opening(file, OpenMode.WHOLE);
    }

    public static File output(File file, boolean append) throws IOException {
        return opening(file, append ? OpenMode.APPEND : OpenMode.WHOLE);
    }

    public static File output(File file, String charset) throws IOException {
        return opening(file, OpenMode.WHOLE);
    }

    public static File output(File file, Charset charset) throws IOException {
        return opening(file, OpenMode.WHOLE);
    }

    public static File output(File file, Charset charset, boolean append) throws IOException {
        return opening(file, append ? OpenMode.APPEND : OpenMode.WHOLE);
    }

    /** Of a RandomAccessFile; {@code mode} as there. */
    public static String random(String file, String mode) throws IOException {
        return mode != null && mode.contains("w") ? opening(file, OpenMode.RANDOM) : file;
    }

    /** Of a RandomAccessFile; {@code mode} as there. */
    public static File random(File file, String mode) throws IOException {
        return mode != null && mode.contains("w") ? opening(file, OpenMode.RANDOM) : file;
    }

    private static String opening(String file, OpenMode mode) throws IOException {
        try {
            Path given = file == null ? null : Path.of(file);
            Path opened = given == null ? null : files.opening(given, mode, false);
            return opened == given ? file : opened.toString();
        } catch (InvalidPathException e) {
            return file; // the constructor says so itself
        }
    }

    private static File opening(File file, OpenMode mode) throws IOException {
        String path = file == null ? null : file.getPath();
        String opened = opening(path, mode);
        return opened == path ? file : new File(opened);
    }

    static long drained(InputStream in) throws IOException {
        return in.transferTo(java.io.OutputStream.nullOutputStream());
    }
}
