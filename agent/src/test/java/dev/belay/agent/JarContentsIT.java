package dev.belay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** What is in {@code belay.jar}, the one file that users take. */
class JarContentsIT {

    private static final String SHADED = "dev/belay/shaded/";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(Path.of("target", "belay.jar").toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private List<String> names() {
        return jar.stream().filter(e -> !e.isDirectory()).map(JarEntry::getName).toList();
    }

    private String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void every_class_is_below_dev_belay() {
        assertThat(names().stream().filter(n -> n.endsWith(".class")))
                .hasSizeGreaterThan(400)
                .allMatch(n -> n.startsWith("dev/belay/"))
                .noneMatch(n -> n.contains("module-info"));
    }

    @Test
    void what_is_shipped_is_there_and_relocated() {
        assertThat(names())
                .contains(
                        SHADED + "com/esotericsoftware/kryo/Kryo.class",
                        SHADED + "com/esotericsoftware/minlog/Log.class",
                        SHADED + "com/esotericsoftware/reflectasm/FieldAccess.class",
                        SHADED + "org/objenesis/Objenesis.class",
                        SHADED + "com/fasterxml/jackson/core/JsonFactory.class",
                        SHADED + "com/samskivert/mustache/Mustache.class",
                        SHADED + "org/objectweb/asm/tree/MethodNode.class",
                        SHADED + "org/objectweb/asm/tree/analysis/Analyzer.class",
                        SHADED + "picocli/CommandLine.class",
                        "dev/belay/agent/PreMain.class",
                        "dev/belay/cli/Main.class",
                        "dev/belay/loop/Points.class");
    }

    @Test
    void there_is_no_framework_no_test_class_and_no_class_for_single_jdks() {
        assertThat(names())
                .noneMatch(n -> n.contains("ai/djl"))
                .noneMatch(n -> n.contains("junit") || n.contains("assertj") || n.contains("bytebuddy"))
                .noneMatch(n -> n.startsWith("META-INF/versions/") || n.startsWith("META-INF/maven/"));
    }

    @Test
    void what_is_no_class_is_known_by_name() {
        assertThat(names().stream().filter(n -> !n.endsWith(".class")))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-NOTICE",
                        "META-INF/thirdparty-LICENSE",
                        "META-INF/licenses/asm.txt",
                        "META-INF/licenses/jmustache.txt",
                        "META-INF/licenses/kryo-minlog-reflectasm.txt",
                        "META-INF/services/dev.belay.state.Adapter",
                        "META-INF/services/dev.belay.engine.OptionReader",
                        "META-INF/belay/djl.properties",
                        "META-INF/belay/frameworks",
                        "dev/belay/cli/report/report.mustache",
                        "dev/belay/cli/report/chart.mustache",
                        "dev/belay/cli/report/checkpointHead.mustache",
                        "dev/belay/cli/report/checkpointRow.mustache",
                        "dev/belay/cli/report/report.css",
                        "dev/belay/cli/report/report.js");
    }

    @Test
    void each_adapter_that_is_named_is_there() throws IOException {
        assertThat(text("META-INF/services/dev.belay.state.Adapter").lines())
                .isNotEmpty()
                .allSatisfy(n -> assertThat(names()).contains(n.replace('.', '/') + ".class"));
    }

    @Test
    void the_manifest_names_the_agent_and_the_commands() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.belay.agent.PreMain");
        assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.belay.cli.Main");
        assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
        assertThat(manifest.getValue("Multi-Release")).isNull();
        assertThat(manifest.getValue("Boot-Class-Path")).isNull();
        assertThat(manifest.getValue("Class-Path")).isNull();
    }

    @Test
    void no_class_refers_to_a_library_by_its_old_name() throws IOException {
        List<String> old = List.of(
                "com/esotericsoftware/",
                "com/fasterxml/",
                "com/samskivert/",
                "org/objectweb/",
                "org/objenesis/",
                "picocli/",
                "net/bytebuddy/");
        for (String name : names().stream().filter(n -> n.endsWith(".class")).toList()) {
            assertThat(referred(bytes(name)))
                    .as(name)
                    .noneMatch(r -> old.stream().anyMatch(r::startsWith));
        }
    }

    /** Returns the internal names of all classes that a class refers to. */
    private static List<String> referred(byte[] classFile) {
        Stream.Builder<String> names = Stream.builder();
        Remapper listing = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String internalName) {
                names.add(internalName);
                return internalName;
            }
        };
        new ClassReader(classFile).accept(new ClassRemapper(new ClassVisitor(Opcodes.ASM9) {}, listing), 0);
        return names.build().distinct().toList();
    }
}
