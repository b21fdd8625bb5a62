package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A compiled trainer that is started in JVMs of its own. */
final class TrainerProgram {

    private static final Path JAR = Path.of("target", "belay.jar").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final TrainerSource source;
    private final Path home;
    private Path java = JAVA;
    private int starts;

    /**
     * Compiles a trainer.
     *
     * @param flags of javac
     */
    TrainerProgram(TrainerSource source, Path home, List<String> flags) throws IOException {
        this.source = source;
        this.home = home;
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        List<String> options = new ArrayList<>(flags);
        options.addAll(
                List.of("-nowarn", "-Xlint:none", "-d", home.resolve("classes").toString()));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            output, files, null, options, null, files.getJavaFileObjectsFromPaths(source.files()))
                    .call();
            assertThat(compiled).as(output.toString()).isTrue();
        }
    }

    /** Starts it on another JDK from now on. */
    TrainerProgram on(Path jdk) {
        java = jdk.resolve("bin").resolve("java");
        return this;
    }

    /** Starts it without the agent. */
    Life plain() throws IOException {
        return start(List.of(), Map.of());
    }

    /**
     * Starts it with the agent.
     *
     * @param options the save strategy and all after it, beside those of the source and the output directory
     */
    Life watched(String options, Map<String, String> environment) throws IOException {
        return start(
                List.of("-javaagent:" + JAR + "=" + source.options() + ",save_strategy=steps,output_dir=" + output()
                        + "," + options),
                environment);
    }

    Path output() {
        return home.resolve("checkpoints");
    }

    private Life start(List<String> flags, Map<String, String> environment) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", home.resolve("classes").toString(), source.mainClass()));
        Path out = Files.createFile(home.resolve("out" + starts));
        Path err = Files.createFile(home.resolve("err" + starts++));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new Life(builder.start(), out, err);
    }
}
