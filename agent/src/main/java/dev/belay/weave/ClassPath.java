package dev.belay.weave;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The class files that the application's loader sees. Holds archives open until it is closed. */
final class ClassPath implements AutoCloseable {

    /** Where a class file is. */
    @FunctionalInterface
    private interface Place {
        byte[] read() throws IOException;
    }

    private static final String CLASS = ".class";

    private final List<Path> entries;
    private final List<JarFile> open = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

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
     * Hands each class file to {@code reader}: classes for the running version only, Belay's own excepted. The first of
     * a name counts, as for the class loader.
     *
     * @param wanted by internal name
     */
    void forEach(Predicate<String> wanted, Consumer<byte[]> reader) {
        Predicate<String> first = name -> wanted.test(name) && !places.containsKey(name);
        for (Path entry : entries) {
            try {
                if (Files.isDirectory(entry)) {
                    readDirectory(entry, first, reader);
                } else {
                    readArchive(entry, first, reader);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + entry + " of the class path", e);
            }
        }
    }

    private void readDirectory(Path directory, Predicate<String> wanted, Consumer<byte[]> reader) throws IOException {
        List<Path> classFiles = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                classFiles.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // what we may not read, the class loader does not find either
            }
        });
        classFiles.sort(null);
        for (Path file : classFiles) {
            String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
            if (isProgram(name, wanted) && Files.isReadable(file)) {
                places.put(className(name), () -> Files.readAllBytes(file));
                reader.accept(Files.readAllBytes(file));
            }
        }
    }

    private void readArchive(Path archive, Predicate<String> wanted, Consumer<byte[]> reader) throws IOException {
        JarFile jar;
        try {
            jar = new JarFile(archive.toFile(), false, JarFile.OPEN_READ, Runtime.version());
        } catch (java.util.zip.ZipException | AccessDeniedException | FileNotFoundException e) {
            return; // no archive (a native library, say), or not for us to read: the class loader passes over it too
        }
        open.add(jar);
        for (JarEntry e : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
            if (isProgram(e.getName(), wanted)) {
                places.put(className(e.getName()), () -> bytes(jar, e));
                reader.accept(bytes(jar, e));
            }
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Returns a class file that {@link #forEach} has handed out, or null. */
    byte[] find(String internalName) {
        try {
            Place place = places.get(internalName);
            return place == null ? null : place.read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read class " + internalName + " of the class path", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : open) {
            jar.close();
        }
        open.clear();
        places.clear();
    }

    private static String className(String file) {
        return file.substring(0, file.length() - CLASS.length());
    }

    private static boolean isProgram(String name, Predicate<String> wanted) {
        return name.endsWith(CLASS)
                && !name.endsWith("module-info.class")
                && !name.startsWith("META-INF/")
                && !name.startsWith("dev/belay/")
                && wanted.test(className(name));
    }
}
