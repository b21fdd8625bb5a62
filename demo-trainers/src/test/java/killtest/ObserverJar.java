package killtest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import killtest.observer.Observer;
import killtest.observer.Wish;
import killtest.premain.PreMain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Builds the observing agent: a jar with its premain, and one for the boot class path with all else, ASM renamed. */
final class ObserverJar {

    private static final Path AGENT = build();

    private ObserverJar() {}

    /** Returns the flag that observes a life; it MUST come before Belay's. */
    static String flag(Path map, Wish wish) {
        return "-javaagent:" + AGENT + "=" + map + "|" + wish.text();
    }

    private static Path build() {
        try {
            Path directory = Files.createDirectories(Built.own());
            Map<String, byte[]> boot = new TreeMap<>();
            for (Path file : classesOf(Observer.class)) {
                add(boot, Files.readAllBytes(file));
            }
            try (JarFile asm = new JarFile(locationOf(ClassReader.class).toFile())) {
                for (var entry :
                        asm.stream().filter(e -> isAsmClass(e.getName())).toList()) {
                    try (InputStream in = asm.getInputStream(entry)) {
                        add(boot, in.readAllBytes());
                    }
                }
            }
            write(directory.resolve("observer-boot.jar"), new Manifest(), boot);
            Map<String, byte[]> start = new TreeMap<>();
            add(start, Files.readAllBytes(classesOf(PreMain.class).get(0).resolveSibling("PreMain.class")));
            Path agent = directory.resolve("observer.jar");
            write(agent, manifest(), start);
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAsmClass(String name) {
        return name.startsWith("org/objectweb/asm/") && name.endsWith(".class");
    }

    private static void add(Map<String, byte[]> jar, byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        ClassReader reader = new ClassReader(classFile);
        reader.accept(new ClassRemapper(writer, new AsmRenamed()), 0);
        jar.put(new AsmRenamed().map(reader.getClassName()) + ".class", writer.toByteArray());
    }

    private static final class AsmRenamed extends Remapper {

        AsmRenamed() {
            super(org.objectweb.asm.Opcodes.ASM9);
        }

        @Override
        public String map(String name) {
            return name.replace("org/objectweb/asm/", "killtest/asm/");
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes a = manifest.getMainAttributes();
        a.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        a.putValue("Premain-Class", PreMain.class.getName());
        a.putValue("Boot-Class-Path", "observer-boot.jar");
        a.putValue("Can-Retransform-Classes", "true");
        return manifest;
    }

    private static void write(Path file, Manifest manifest, Map<String, byte[]> classes) throws IOException {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Path fresh = Files.createTempFile(file.getParent(), "jar", ".tmp");
        try (OutputStream out = Files.newOutputStream(fresh);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> e : classes.entrySet()) {
                jar.putNextEntry(new ZipEntry(e.getKey()));
                new ByteArrayInputStream(e.getValue()).transferTo(jar);
            }
        }
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> classesOf(Class<?> one) throws IOException {
        Path directory = locationOf(one).resolve(one.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".class")
                            && !f.getFileName().toString().equals("package-info.class"))
                    .sorted()
                    .toList();
        }
    }

    private static Path locationOf(Class<?> one) {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
