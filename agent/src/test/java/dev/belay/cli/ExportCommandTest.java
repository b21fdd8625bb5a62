package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @TempDir
    private Path home;

    private Path output;
    private Path target;

    @BeforeEach
    void save() throws IOException, StoreProblem {
        output = home.resolve("Toy");
        target = home.resolve("exported").resolve("deep");
        new SavedRun(output).save(100);
    }

    private static ByteBuffer entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        try (InputStream in = zip.getInputStream(entry)) {
            return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Test
    void npz_holds_the_arrays_as_numpy_lays_them_out() throws IOException {
        Ran ran = belay("export", "--to", "npz", output, target);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains(target.resolve("model.npz").toString());
        try (ZipFile zip = new ZipFile(target.resolve("model.npz").toFile())) {
            ByteBuffer array = entry(zip, "Toy.main/table.npy");
            byte[] magic = new byte[8];
            array.get(magic);
            assertThat(magic).isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
            byte[] header = new byte[array.getShort()];
            array.get(header);
            assertThat(new String(header, StandardCharsets.US_ASCII))
                    .matches("\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(3, 600\\), } *\n");
            assertThat(array.position() % 64).isZero();
            assertThat(array.remaining()).isEqualTo(3 * 600 * 8);
            array.position(array.position() + 601 * 8);
            assertThat(array.getDouble()).isEqualTo(1);
            assertThat(new String(entry(zip, "Toy.main/weights.npy").array(), StandardCharsets.ISO_8859_1))
                    .contains("'shape': (5000,), }");
        }
    }

    @Test
    void equal_states_make_equal_files() throws IOException {
        belay("export", "--to", "npz", output, target);
        belay("export", "--to", "npz", output, home.resolve("again"));
        assertThat(target.resolve("model.npz")).hasSameBinaryContentAs(home.resolve("again/model.npz"));
    }

    @Test
    void safetensors_is_a_copy() {
        assertThat(belay("export", output.resolve("checkpoint-100"), target, "--to", "safetensors", "--all")
                        .exitCode())
                .isZero();
        assertThat(target.resolve("model.safetensors"))
                .hasSameBinaryContentAs(output.resolve("checkpoint-100/model.safetensors"));
    }

    @Test
    void what_is_there_is_not_replaced() throws IOException {
        belay("export", "--to", "npz", output, target);
        Files.writeString(target.resolve("model.npz"), "mine");
        Ran ran = belay("export", "--to", "npz", output, target);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("expected nothing of that name");
        assertThat(target.resolve("model.npz")).hasContent("mine");
        assertThat(target).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void a_program_without_djl_has_no_file_for_djl() {
        Ran ran = belay("export", "--to", "djl", output, target);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("found no DJL model in the checkpoint");
    }

    @Test
    void other_formats_are_usage_errors() {
        Ran ran = belay("export", "--to", "onnx", output, target);
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).isEqualTo("belay: found --to onnx, expected one of djl, npz, safetensors\n");
        assertThat(belay("export", "--to", "djl", "--all", output, target).exitCode())
                .isEqualTo(64);
    }
}
