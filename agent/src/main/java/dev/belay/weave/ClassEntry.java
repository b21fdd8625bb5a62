package dev.belay.weave;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** One place that a class loader reads classes from, and that can be listed. May hold it open until it is closed. */
interface ClassEntry extends AutoCloseable {

    /** A file, read when it is needed; not after its entry was closed. */
    @FunctionalInterface
    interface Content {
        byte[] read() throws IOException;
    }

    /** Hands over all files by name, e.g. {@code demo/Main.class}; for the running version only. */
    void list(BiConsumer<String, Content> files) throws IOException;

    @Override
    void close() throws IOException;

    /** Returns the entry of a directory or an archive. */
    static ClassEntry of(Path path) {
        return Files.isDirectory(path) ? new Directory(path) : new Archive(() -> open(path));
    }

    /** Returns the entry of what is inside of an archive, as a URL of it says. */
    static ClassEntry inside(URL archive) {
        return new Archive(() -> {
            URLConnection connection = archive.openConnection();
            connection.setUseCaches(false); // a cached one would be closed under the class loader
            return connection instanceof JarURLConnection jar ? jar.getJarFile() : null;
        });
    }

    private static JarFile open(Path path) throws IOException {
        try {
            return new JarFile(path.toFile(), false, JarFile.OPEN_READ, Runtime.version());
        } catch (java.util.zip.ZipException | AccessDeniedException | FileNotFoundException e) {
            return null; // no archive (a native library, say), or not for us to read: the class loader passes over it
            // too
        }
    }

    /** A directory of class files. */
    record Directory(Path directory) implements ClassEntry {

        @Override
        public void list(BiConsumer<String, Content> files) throws IOException {
            List<Path> found = new ArrayList<>();
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // what we may not read, the class loader does not find either
                }
            });
            found.sort(null);
            for (Path file : found) {
                if (Files.isReadable(file)) {
                    String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
                    files.accept(name, () -> Files.readAllBytes(file));
                }
            }
        }

        @Override
        public void close() {
            // holds nothing open
        }
    }

    /** An archive, or a part of one. */
    final class Archive implements ClassEntry {

        /** Opens it; null where it is none. */
        @FunctionalInterface
        interface Opening {
            JarFile open() throws IOException;
        }

        private final Opening opening;
        private JarFile open;

        Archive(Opening opening) {
            this.opening = opening;
        }

        @Override
        public void list(BiConsumer<String, Content> files) throws IOException {
            JarFile jar = opening.open();
            open = jar;
            if (jar != null) {
                for (JarEntry e : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                    files.accept(e.getName(), () -> bytes(jar, e));
                }
            }
        }

        private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }

        @Override
        public void close() throws IOException {
            if (open != null) {
                open.close();
            }
        }
    }

    /** A module of the module path, or of a run-time image. */
    final class Module implements ClassEntry {

        private final ModuleReference module;
        private ModuleReader open;

        Module(ModuleReference module) {
            this.module = module;
        }

        @Override
        public void list(BiConsumer<String, Content> files) throws IOException {
            ModuleReader reader = module.open();
            open = reader;
            for (String name : reader.list().toList()) {
                files.accept(name, () -> bytes(reader, name));
            }
        }

        private static byte[] bytes(ModuleReader reader, String name) throws IOException {
            try (InputStream in = reader.open(name).orElseThrow(() -> new FileNotFoundException(name))) {
                return in.readAllBytes();
            }
        }

        @Override
        public void close() throws IOException {
            if (open != null) {
                open.close();
            }
        }
    }
}
