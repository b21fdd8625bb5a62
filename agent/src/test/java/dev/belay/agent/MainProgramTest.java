package dev.belay.agent;

import static dev.belay.agent.MainProgram.Begins.AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainProgramTest {

    @Test
    void a_class_is_known_by_its_name_and_a_module_by_its_main_class() {
        assertThat(MainProgram.of("demo.Trainer epochs=3 rate=1"))
                .contains(new MainProgram("demo.Trainer", List.of("epochs=3", "rate=1"), AT_ONCE));
        assertThat(MainProgram.of("my.module/demo.Trainer"))
                .contains(new MainProgram("demo.Trainer", List.of(), AT_ONCE));
    }

    @Test
    void a_jar_is_known_by_the_main_class_in_its_manifest_even_where_its_path_has_spaces(@TempDir Path directory)
            throws IOException {
        Path jar = Files.createDirectory(directory.resolve("my programs")).resolve("the trainer.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "demo.Trainer");
        try (OutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
        }
        assertThat(MainProgram.of(jar + " data.jar x"))
                .contains(new MainProgram("demo.Trainer", List.of("data.jar", "x"), AT_ONCE));
    }

    @Test
    void a_spring_boot_jar_is_known_by_its_start_class(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("app.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        manifest.getMainAttributes().putValue("Start-Class", "demo.Trainer");
        try (OutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
        }
        assertThat(MainProgram.of(jar + " x"))
                .contains(new MainProgram("demo.Trainer", List.of("x"), MainProgram.Begins.BY_NAME));
    }

    @Test
    void a_source_file_is_known_by_its_name() {
        MainProgram expected = new MainProgram("Trainer", List.of("3"), MainProgram.Begins.FROM_SOURCE);
        assertThat(MainProgram.of("jdk.compiler/com.sun.tools.javac.launcher.Main demo/Trainer.java 3"))
                .contains(expected);
        assertThat(MainProgram.of("jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher demo/Trainer.java 3"))
                .contains(expected);
    }

    @Test
    void build_tools_are_no_programs() {
        assertThat(MainProgram.of("org.codehaus.plexus.classworlds.launcher.Launcher verify"))
                .isEmpty();
        assertThat(MainProgram.of("org.apache.maven.surefire.booter.ForkedBooter x"))
                .isEmpty();
        assertThat(MainProgram.of("org.gradle.launcher.daemon.bootstrap.GradleDaemon 8"))
                .isEmpty();
    }

    @Test
    void tools_of_the_jdk_and_belays_own_commands_are_no_programs() {
        assertThat(MainProgram.of("jdk.compiler/com.sun.tools.javac.Main A.java"))
                .isEmpty();
        assertThat(MainProgram.of("jdk.jcmd/sun.tools.jps.Jps")).isEmpty();
        assertThat(MainProgram.of("dev.belay.cli.Main ls checkpoints")).isEmpty();
    }
}
