package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code export} writes is read by those who read such files, and holds what the program's parameters held. */
class ExportIT {

    private static final String NUMPY_READER = String.join(
            "\n",
            "import ast, struct, sys, zipfile",
            "with zipfile.ZipFile(sys.argv[1]) as archive:",
            "    assert archive.testzip() is None",
            "    for name in sorted(archive.namelist()):",
            "        data = archive.read(name)",
            "        assert data[:8] == b'\\x93NUMPY\\x01\\x00'",
            "        n = struct.unpack('<H', data[8:10])[0]",
            "        assert (10 + n) % 64 == 0",
            "        header = ast.literal_eval(data[10:10 + n].decode('ascii'))",
            "        assert header['descr'] == '<f4' and not header['fortran_order']",
            "        size = 1",
            "        for dimension in header['shape']: size *= dimension",
            "        values = struct.unpack('<%df' % size, data[10 + n:])",
            "        print(name[:-4], list(header['shape']), sum(values).hex())");

    private static final String SAFETENSORS_READER = String.join(
            "\n",
            "import json, struct, sys",
            "data = open(sys.argv[1], 'rb').read()",
            "n = struct.unpack('<Q', data[:8])[0]",
            "header = json.loads(data[8:8 + n])",
            "header.pop('__metadata__')",
            "for name in sorted(header):",
            "    begin, end = (8 + n + o for o in header[name]['data_offsets'])",
            "    values = struct.unpack('<%df' % ((end - begin) // 4), data[begin:end])",
            "    print(name, header[name]['shape'], sum(values).hex())");

    @TempDir
    Path scratch;

    private Command program(String network, String... arguments) {
        return new Command(
                Jdks.one(),
                List.of("-Dai.djl.offline=true"),
                Built.testProgramClassPath() + ":" + Built.trainerClassPath(),
                "killtest.program.Predicting",
                Stream.concat(Stream.of(network), Stream.of(arguments)).toList(),
                Map.of());
    }

    private Path trained(String network) {
        Outcome trained = Fork.run(
                program(network, "train").belay("save_strategy=steps", "save_steps=5"), scratch.resolve("run"));
        assertThat(trained.exit()).as("%s", trained).isZero();
        return scratch.resolve("run/checkpoints/Predicting");
    }

    private static String prediction(Outcome outcome) {
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        return outcome.stdout()
                .lines()
                .filter(l -> l.startsWith("PREDICTION "))
                .findFirst()
                .orElseThrow();
    }

    private static Outcome export(Path output, String format, Path target) {
        Outcome export = BelayCommand.run("export", "--to", format, output.toString(), target.toString())
                .outcome();
        assertThat(export.exit()).as("%s", export).isZero();
        return export;
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "text"})
    void stock_djl_loads_the_file_and_predicts_the_same(String network) throws IOException {
        Outcome trained = Fork.run(
                program(network, "train").belay("save_strategy=steps", "save_steps=5"), scratch.resolve("run"));
        Path models = scratch.resolve("models");
        export(scratch.resolve("run/checkpoints/Predicting"), "djl", models);
        assertThat(Tree.names(models)).singleElement().asString().matches("predicting-\\d{4}\\.params");

        Path fresh = scratch.resolve("fresh");
        assertThat(prediction(Fork.run(program(network, "load", models.toString()), fresh)))
                .isEqualTo(prediction(trained));
        assertThat(prediction(Fork.run(program(network, "untrained"), fresh)))
                .as("the comparison can fail")
                .isNotEqualTo(prediction(trained));
    }

    @Test
    void a_file_of_another_state_predicts_something_else() throws IOException {
        Path output = trained("image");
        Path altered = Tree.copy(output.resolve("checkpoint-12"), scratch.resolve("altered"));
        new Alteration(altered).parameterBit(Seed.random("export"));
        export(output, "djl", scratch.resolve("models"));
        export(altered, "djl", scratch.resolve("others"));
        String name = Tree.names(scratch.resolve("models")).get(0);
        assertThat(Files.mismatch(
                        scratch.resolve("models").resolve(name),
                        scratch.resolve("others").resolve(name)))
                .isNotNegative();
        Path fresh = scratch.resolve("fresh");
        assertThat(prediction(Fork.run(
                        program("image", "load", scratch.resolve("others").toString()), fresh)))
                .isNotEqualTo(prediction(Fork.run(
                        program("image", "load", scratch.resolve("models").toString()), fresh)));
    }

    @Test
    void pythons_standard_library_reads_the_archive_for_numpy() throws Exception {
        assumeTrue(hasPython(), "needs python3 on the PATH");
        Path output = trained("image");
        export(output, "npz", scratch.resolve("arrays"));
        String arrays = python(NUMPY_READER, scratch.resolve("arrays/model.npz"));
        assertThat(arrays).isEqualTo(python(SAFETENSORS_READER, output.resolve("checkpoint-12/model.safetensors")));
        assertThat(arrays.lines()).hasSizeGreaterThan(8);
    }

    private static String python(String script, Path file) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "-c", script, file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(python.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        return printed;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
