package killtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
        Map<String, Tensor> tensors = new TreeMap<>();
        header(all).properties().forEach(e -> {
            if (!e.getKey().equals("__metadata__")) {
                tensors.put(e.getKey(), tensor(e.getValue(), all, 8 + headerLength(all)));
            }
        });
        return tensors;
    }

    /** Returns a file with the tensors given, in the order of the file they came from, and with its metadata. */
    static byte[] bytes(Map<String, Tensor> tensors, byte[] origin) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode header = json.createObjectNode();
        JsonNode metadata = header(origin).get("__metadata__");
        if (metadata != null) {
            header.set("__metadata__", metadata);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        var inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparing(e -> e.getValue().begin()));
        for (Map.Entry<String, Tensor> e : inOrder) {
            ObjectNode entry = header.putObject(e.getKey());
            entry.put("dtype", e.getValue().type());
            entry.set("shape", json.readTree(e.getValue().shape()));
            ArrayNode offsets = entry.putArray("data_offsets").add(data.size());
            data.writeBytes(e.getValue().bytes());
            offsets.add(data.size());
        }
        String text = json.writeValueAsString(header);
        byte[] padded = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + padded.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(padded.length).put(padded).put(data.toByteArray()).array();
    }

    private static int headerLength(byte[] file) {
        return Math.toIntExact(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    private static JsonNode header(byte[] file) throws IOException {
        return new ObjectMapper().readTree(new String(file, 8, headerLength(file), StandardCharsets.UTF_8));
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
