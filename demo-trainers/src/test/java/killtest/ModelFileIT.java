package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint's {@code model.safetensors} holds, as others read it, is what the program's parameters held. */
class ModelFileIT {

    /** Python's standard library is all that it needs. */
    private static final String READER = String.join(
            "\n",
            "import hashlib, json, struct, sys",
            "data = open(sys.argv[1], 'rb').read()",
            "n = struct.unpack('<Q', data[:8])[0]",
            "header = json.loads(data[8:8 + n])",
            "assert header.pop('__metadata__')['format'] == 'pt'",
            "for name in sorted(header):",
            "    begin, end = (8 + n + o for o in header[name]['data_offsets'])",
            "    assert header[name]['dtype'] == 'F32'",
            "    print(name, header[name]['shape'], hashlib.sha256(data[begin:end]).hexdigest())");

    @TempDir
    static Path directory;

    private static List<String> parameters;
    private static Path file;

    @BeforeAll
    static void train() throws IOException {
        Command command = new Command(
                Jdks.one(),
                List.of("-Dai.djl.offline=true"),
                Built.testProgramClassPath() + ":" + Built.trainerClassPath(),
                "killtest.program.Dumping",
                List.of(),
                Map.of());
        Outcome outcome = Fork.run(command.belay("save_strategy=steps", "save_steps=5"), directory);
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        parameters = Files.readAllLines(directory.resolve("parameters.txt"));
        file = directory.resolve("checkpoints/Dumping/checkpoint-12/model.safetensors");
        assertThat(parameters).hasSize(8);
    }

    @Test
    void a_reader_that_shares_no_code_with_belay_finds_the_parameters() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, SafetensorsFile.Tensor> t :
                SafetensorsFile.read(file).entrySet()) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(t.getValue().bytes());
            lines.add(t.getKey() + " " + t.getValue().shape().replace(",", ", ") + " "
                    + HexFormat.of().formatHex(hash));
        }
        assertThat(lines).containsExactlyInAnyOrderElementsOf(parameters);
    }

    @Test
    void pythons_standard_library_finds_the_parameters() throws Exception {
        assumeTrue(hasPython(), "needs python3 on the PATH");
        Process python = new ProcessBuilder("python3", "-c", READER, file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        assertThat(printed.lines()).containsExactlyInAnyOrderElementsOf(parameters);
    }

    @Test
    void a_parameter_with_one_other_bit_is_found_out() throws Exception {
        byte[] altered = Files.readAllBytes(file);
        altered[altered.length - 1] ^= 1;
        Path copy = directory.resolve("altered.safetensors");
        Files.write(copy, altered);
        assertThat(SafetensorsFile.read(copy)).isNotEqualTo(SafetensorsFile.read(file));
        List<String> lines = new ArrayList<>();
        for (SafetensorsFile.Tensor t : SafetensorsFile.read(copy).values()) {
            lines.add(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(t.bytes())));
        }
        assertThat(parameters.stream().filter(p -> lines.stream().noneMatch(p::endsWith)))
                .hasSize(1);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
