package dev.belay.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The class files that the application's loader sees. Keeps no file open. */
final class ClassPath {

    private static final String CLASS = ".class";

    private final List<Path> entries;

    private ClassPath(List<Path> entries) {
        this.entries = entries;
    }

    /** Reads a class path as the launcher does: directories, archives, {@code *}, and Class-Path of manifests. */
    static ClassPath of(String classPath) {
        Set<Path> entries = new LinkedHashSet<>();
        Deque<Path> pending = new ArrayDeque<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            pending.add(Path.of(entry).toAbsolutePath().normalize());
        }
        while (!pending.isEmpty()) {
            Path entry = pending.poll();
            if (Files.exists(entry) && entries.add(entry) && Files.isRegularFile(entry)) {
                pending.addAll(named(entry));
            }
        }
        return new ClassPath(List.copyOf(entries));
    }

    private static List<Path> named(Path archive) {
        List<Path> more = new ArrayList<>();
        try (JarFile jar = new JarFile(archive.toFile())) {
            String names = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String name : names == null ? new String[0] : names.trim().split(" +")) {
                more.add(Path.of(archive.toUri().resolve(name)).normalize());
            }
        } catch (IOException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return more; // no archive, or names of another scheme: the class loader finds nothing there either
        }
        return more;
    }

    /**
     * Hands class files to {@code reader}: classes for the running version only, Belay's own excepted.
     *
     * @param wanted by internal name
     */
    void forEach(Predicate<String> wanted, Consumer<byte[]> reader) {
        for (Path entry : entries) {
            try {
                if (Files.isDirectory(entry)) {
                    readDirectory(entry, wanted, reader);
                } else {
                    readArchive(entry, wanted, reader);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + entry + " of the class path", e);
            }
        }
    }

    private static void readDirectory(Path directory, Predicate<String> wanted, Consumer<byte[]> reader)
            throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (isProgram(directory.relativize(file).toString().replace(File.separatorChar, '/'), wanted)) {
                    reader.accept(Files.readAllBytes(file));
                }
            }
        }
    }

    private static void readArchive(Path archive, Predicate<String> wanted, Consumer<byte[]> reader)
            throws IOException {
        try (JarFile jar = new JarFile(archive.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            for (ZipEntry e : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                if (isProgram(e.getName(), wanted)) {
                    try (InputStream in = jar.getInputStream(e)) {
                        reader.accept(in.readAllBytes());
                    }
                }
            }
        } catch (java.util.zip.ZipException e) {
            return; // no archive (a native library, say): the class loader passes over it too
        }
    }

    private static boolean isProgram(String name, Predicate<String> wanted) {
        return name.endsWith(CLASS)
                && wanted.test(name.substring(0, name.length() - CLASS.length()))
                && !name.endsWith("module-info.class")
                && !name.startsWith("META-INF/")
                && !name.startsWith("dev/belay/");
    }
}
