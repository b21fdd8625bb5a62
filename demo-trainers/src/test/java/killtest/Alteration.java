package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Small changes to a checkpoint that a correct comparison must see. Each leaves it sealed as if it had been saved so. */
final class Alteration {

    private static final String GENERATOR = "torch.cpu_generator";
    private static final int LEGACY_STATE_HEADER_BYTES = 24;

    private final Path checkpoint;

    Alteration(Path checkpoint) {
        this.checkpoint = checkpoint;
    }

    /**
     * Flips one bit of the first number of a weight that is drawn by {@code random}; returns its name. It is the highest
     * whole byte's lowest bit of the mantissa: a change of the last bit may be rounded away before the run ends.
     */
    String parameterBit(Random random) throws IOException {
        Map<String, SafetensorsFile.Tensor> tensors = tensors("model.safetensors");
        List<String> weights = tensors.keySet().stream()
                .filter(n -> n.toLowerCase(Locale.ROOT).contains("weight"))
                .toList();
        String name = weights.get(random.nextInt(weights.size()));
        int bytes = tensors.get(name).type().equals("F64") ? Double.BYTES : Float.BYTES;
        flip("model.safetensors", tensors.get(name).begin() + bytes - 2);
        return name;
    }

    /** Changes one word of libtorch's generator: as if it had been left where the fresh program had it. */
    String torchGenerator() throws IOException {
        SafetensorsFile.Tensor state = tensors("optimizer.safetensors").get(GENERATOR);
        flip("optimizer.safetensors", state.begin() + LEGACY_STATE_HEADER_BYTES + 8 * 397);
        return GENERATOR;
    }

    /** Changes the seed of a {@link Random} that is known to stand at {@code seed}. */
    void javaGenerator(long seed) throws IOException {
        byte[] file = read("loop.kryo");
        int found = -1;
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer bytes = ByteBuffer.wrap(file).order(order);
            for (int i = 0; i + Long.BYTES <= file.length; i++) {
                if (bytes.getLong(i) == seed) {
                    assertThat(found).as("places of the seed").isNegative();
                    found = order == ByteOrder.LITTLE_ENDIAN ? i : i + Long.BYTES - 1;
                }
            }
        }
        assertThat(found).as("place of the seed").isNotNegative();
        flip("loop.kryo", found);
    }

    /** Drops the first slot of the optimizer, as if it had not been saved; returns its name. */
    String slot() throws IOException {
        Map<String, SafetensorsFile.Tensor> tensors = tensors("optimizer.safetensors");
        String name = tensors.keySet().stream()
                .filter(n -> !n.equals(GENERATOR))
                .findFirst()
                .orElseThrow();
        tensors.remove(name);
        write("optimizer.safetensors", SafetensorsFile.bytes(tensors, read("optimizer.safetensors")));
        return name;
    }

    private Map<String, SafetensorsFile.Tensor> tensors(String file) throws IOException {
        return SafetensorsFile.read(checkpoint.resolve(file));
    }

    private void flip(String file, int at) throws IOException {
        byte[] bytes = read(file);
        bytes[at] ^= 1;
        write(file, bytes);
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(checkpoint.resolve(file));
    }

    private void write(String file, byte[] bytes) throws IOException {
        Files.delete(checkpoint.resolve(file)); // may be a hard link to another checkpoint's file
        Files.write(checkpoint.resolve(file), bytes);
        Resealer.reseal(checkpoint);
    }
}
