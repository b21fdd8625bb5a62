package killtest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Builds what {@code killtest.place.Placed} is started from: jars, directories, a module, a Spring Boot jar. */
final class Places {

    static final String MAIN = "killtest.place.Placed";
    private static final String SPRING_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private final Path directory;

    /** @param directory an empty one */
    Places(Path directory) {
        this.directory = directory;
    }

    /** Returns a directory with the classes of the program, or of the launcher, alone. */
    Path classes(String simpleName) {
        Path to = directory.resolve("classes-" + simpleName);
        Path from = Built.target().resolve("test-classes/killtest/place");
        try (Stream<Path> files = Files.list(from)) {
            Path place = Files.createDirectories(to.resolve("killtest/place"));
            for (Path file : files.filter(f -> f.getFileName().toString().matches(simpleName + "(\\$.*)?\\.class"))
                    .toList()) {
                Files.copy(file, place.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a jar of the program with a manifest that names its main class. */
    Path jar(String name) {
        Manifest manifest = manifest(MAIN);
        return write(directory.resolve(name), manifest, "", classes("Placed"));
    }

    /** Returns a jar without classes whose manifest names the program and another jar in which it is. */
    Path jarThatNames(Path other) {
        Manifest manifest = manifest(MAIN);
        manifest.getMainAttributes().putValue("Class-Path", other.getFileName().toString());
        return write(directory.resolve("starter.jar"), manifest, "", empty());
    }

    /** Returns a jar with the program's classes for every version, the main class of which is another one before 17. */
    Path multiReleaseJar() {
        Manifest manifest = manifest(MAIN);
        manifest.getMainAttributes().putValue("Multi-Release", "true");
        return write(directory.resolve("multi.jar"), manifest, "META-INF/versions/17/", classes("Placed"));
    }

    /** Returns a directory of one module, in a jar. */
    Path modules() {
        Path classes = classes("Placed");
        Path source = directory.resolve("module-info.java");
        Path modules = directory.resolve("modules");
        try {
            Files.writeString(source, "module trainer.app {}\n");
            Files.createDirectories(modules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path module = directory.resolve("module");
        run("javac", "--release", "17", "-d", module.toString(), source.toString());
        run(
                "jar",
                "cfe",
                modules.resolve("trainer.jar").toString(),
                MAIN,
                "-C",
                classes.toString(),
                ".",
                "-C",
                module.toString(),
                ".");
        return modules;
    }

    private static void run(String tool, String... arguments) {
        int exit = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (exit != 0) {
            throw new IllegalStateException(tool + " " + List.of(arguments) + " ended with " + exit);
        }
    }

    /** Returns an executable jar as Spring Boot's build plugins make it, with Spring Boot's own launcher. */
    Path springBootJar(boolean programInLibrary) {
        Manifest manifest = manifest(SPRING_LAUNCHER);
        manifest.getMainAttributes().putValue("Start-Class", MAIN);
        manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        Path content = directory.resolve("boot" + programInLibrary);
        try (JarFile loader = new JarFile(Built.jarOf(SPRING_LAUNCHER.replace('.', '/') + ".class"))) {
            Files.createDirectories(content.resolve("BOOT-INF/lib"));
            Files.createDirectories(content.resolve("BOOT-INF/classes"));
            for (var entry : loader.stream()
                    .filter(e -> e.getName().startsWith("org/") && !e.isDirectory())
                    .toList()) {
                Path to = content.resolve(entry.getName());
                Files.createDirectories(to.getParent());
                Files.copy(loader.getInputStream(entry), to);
            }
            if (programInLibrary) {
                Files.copy(jar("trainer.jar"), content.resolve("BOOT-INF/lib/trainer.jar"));
            } else {
                Path to = Files.createDirectories(content.resolve("BOOT-INF/classes/killtest/place"));
                for (Path file : files(classes("Placed"))) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(directory.resolve("boot" + programInLibrary + ".jar"), manifest, "", content);
    }

    /** Returns the source file of the program. */
    static Path source() {
        return Path.of("src/test/java/killtest/place/Placed.java").toAbsolutePath();
    }

    private Path empty() {
        try {
            return Files.createDirectories(directory.resolve("empty"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest manifest(String main) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        return manifest;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Entries are stored, as those of nested jars must be; directories have entries of their own. */
    private static Path write(Path jar, Manifest manifest, String prefix, Path content) {
        try {
            Files.createDirectories(jar.getParent());
            TreeMap<String, byte[]> entries = new TreeMap<>();
            for (Path file : files(content)) {
                String name = prefix + content.relativize(file);
                for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                    entries.put(name.substring(0, slash + 1), new byte[0]);
                }
                entries.put(name, Files.readAllBytes(file));
            }
            entries.keySet().removeIf(n -> n.equals("META-INF/"));
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream zip = new JarOutputStream(out, manifest)) {
                for (var entry : entries.entrySet()) {
                    zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                    zip.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        return entry;
    }
}
