package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {

    @TempDir
    private Path home;

    private Path belay;
    private Path other;

    @BeforeEach
    void make_agents() throws IOException {
        belay = agent("belay.jar", "dev.belay.agent.PreMain");
        other = agent("other.jar", "other.PreMain");
    }

    private Path agent(String name, String premain) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premain);
        Path file = home.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
        return file;
    }

    private static JavaCommand of(String... words) throws BadCommand {
        return JavaCommand.of(List.of(words));
    }

    @Test
    void the_agent_and_flags_come_behind_java_and_all_else_stays() throws BadCommand {
        JavaCommand command = of("/jdk/bin/java", "-Xmx1g", "@files", "-cp", "a:b", "a.Main", "--x", "-javaagent:y");
        assertThat(command.agentOptions()).isEmpty();
        assertThat(command.with(belay, "step=a#b", List.of("-Da=b")))
                .containsExactly(
                        "/jdk/bin/java",
                        "-Da=b",
                        "-javaagent:" + belay + "=step=a#b",
                        "-Xmx1g",
                        "@files",
                        "-cp",
                        "a:b",
                        "a.Main",
                        "--x",
                        "-javaagent:y");
        assertThat(command.with(belay, "", List.of())).contains("-javaagent:" + belay);
    }

    @Test
    void belays_agent_is_taken_out_and_others_are_left() throws BadCommand {
        JavaCommand command = of(
                "java",
                "-javaagent:" + other + "=x",
                "-p",
                "-javaagent:nothing",
                "-javaagent:" + belay + "=step=a#b,log=off",
                "-jar",
                "a.jar");
        assertThat(command.agentOptions()).contains("step=a#b,log=off");
        assertThat(command.words())
                .containsExactly("java", "-javaagent:" + other + "=x", "-p", "-javaagent:nothing", "-jar", "a.jar");
        assertThat(of("java", "-javaagent:" + belay, "a.Main").agentOptions()).contains("");
    }

    @Test
    void arguments_of_the_program_are_not_looked_at() throws BadCommand {
        JavaCommand command = of("java", "-m", "a/b.Main", "-javaagent:" + belay);
        assertThat(command.agentOptions()).isEmpty();
        assertThat(command.words()).hasSize(4);
    }

    @Test
    void an_agent_in_a_variable_is_taken_out_too() {
        assertThat(JavaCommand.withoutBelay("-Xmx1g -javaagent:" + belay + "=log=off  -Da=b"))
                .isEqualTo("-Xmx1g -Da=b");
        assertThat(JavaCommand.withoutBelay("-javaagent:" + other)).isEqualTo("-javaagent:" + other);
    }

    @Test
    void an_agent_in_an_argument_file_is_an_error() throws IOException {
        Path arguments = Files.writeString(home.resolve("args"), "-Xmx1g\n\"-javaagent:" + belay + "=log=off\"\n");
        assertThatThrownBy(() -> of("java", "@" + arguments, "a.Main"))
                .isInstanceOf(BadCommand.class)
                .hasMessageContainingAll("found Belay's -javaagent in @", "expected", "move it there");
        Path harmless = Files.writeString(home.resolve("harmless"), "-Xmx1g");
        assertThat(assertDoesNotThrow(harmless).words()).contains("@" + harmless);
    }

    private JavaCommand assertDoesNotThrow(Path arguments) {
        try {
            return of("java", "@" + arguments, "a.Main");
        } catch (BadCommand e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_not_java_is_an_error_that_says_what_to_write() {
        assertThatThrownBy(() -> of("python", "x.py"))
                .hasMessageContainingAll("found the command python", "expected java", "java -jar trainer.jar");
        assertThatThrownBy(() -> of("javac", "X.java")).hasMessageContaining("found the command javac");
        assertThatThrownBy(() -> of("java")).hasMessageContaining("found java alone");
    }
}
