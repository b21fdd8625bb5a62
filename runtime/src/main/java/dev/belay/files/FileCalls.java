package dev.belay.files;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What woven code calls where it opens a file by a constructor: each method takes the arguments and returns the file to
 * open, as the first of them was given. Methods of the JDK are replaced by those of {@link FileMethods} and {@link FileMoves}.
 */
public final class FileCalls {

    private static volatile FileEvents files;

    private FileCalls() {}

    /** Makes {@code next} the receiver of all that woven code reports; called once, before any class is woven. */
    public static void connect(WrittenFiles next) {
        files = next.events();
    }

    static FileEvents files() {
        return files;
    }

    public static String output(String file) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static String output(String file, boolean append) throws IOException {
        return opening(file, append ? Opening.TO_APPEND : Opening.EMPTIED);
    }

    public static String output(String file, String charset) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static String output(String file, Charset charset) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static String output(String file, Charset charset, boolean append) throws IOException {
        return opening(file, append ? Opening.TO_APPEND : Opening.EMPTIED);
    }

    public static String output(String file, String charset, Locale locale) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static String output(String file, Charset charset, Locale locale) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static File output(File file, String charset, Locale locale) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static File output(File file, Charset charset, Locale locale) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static File output(File file) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static File output(File file, boolean append) throws IOException {
        return opening(file, append ? Opening.TO_APPEND : Opening.EMPTIED);
    }

    public static File output(File file, String charset) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static File output(File file, Charset charset) throws IOException {
        return opening(file, Opening.EMPTIED);
    }

    public static File output(File file, Charset charset, boolean append) throws IOException {
        return opening(file, append ? Opening.TO_APPEND : Opening.EMPTIED);
    }

    /** Of a RandomAccessFile; {@code mode} as there. */
    public static String random(String file, String mode) throws IOException {
        return mode != null && mode.contains("w") ? opening(file, Opening.ANY_PLACE) : file;
    }

    /** Of a RandomAccessFile; {@code mode} as there. */
    public static File random(File file, String mode) throws IOException {
        return mode != null && mode.contains("w") ? opening(file, Opening.ANY_PLACE) : file;
    }

    private static String opening(String file, Opening opening) throws IOException {
        try {
            Path given = file == null ? null : Path.of(file);
            Path opened = given == null ? null : files.opening(given, opening);
            return opened == given ? file : opened.toString();
        } catch (InvalidPathException e) {
            return file; // the constructor says so itself
        }
    }

    private static File opening(File file, Opening opening) throws IOException {
        String path = file == null ? null : file.getPath();
        String opened = opening(path, opening);
        return opened == path ? file : new File(opened);
    }
}
