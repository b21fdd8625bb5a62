package killtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Reads a safetensors file by its published format; shares no code with Belay. */
final class SafetensorsFile {

    /**
     * One tensor.
     *
     * @param begin offset of its first byte in the file
     */
    record Tensor(String type, String shape, int begin, byte[] bytes) {

        boolean sameAs(Tensor other) {
            return type.equals(other.type) && shape.equals(other.shape) && Arrays.equals(bytes, other.bytes);
        }
    }

    private SafetensorsFile() {}

    /** Returns all tensors by name. */
    static Map<String, Tensor> read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int headerLength = Math.toIntExact(
                ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong());
        JsonNode header = new ObjectMapper().readTree(new String(all, 8, headerLength, StandardCharsets.UTF_8));
        Map<String, Tensor> tensors = new TreeMap<>();
        header.properties().forEach(e -> {
            if (!e.getKey().equals("__metadata__")) {
                tensors.put(e.getKey(), tensor(e.getValue(), all, 8 + headerLength));
            }
        });
        return tensors;
    }

    private static Tensor tensor(JsonNode entry, byte[] file, int data) {
        int begin = data + entry.get("data_offsets").get(0).asInt();
        int end = data + entry.get("data_offsets").get(1).asInt();
        return new Tensor(
                entry.get("dtype").asText(),
                entry.get("shape").toString(),
                begin,
                Arrays.copyOfRange(file, begin, end));
    }
}
