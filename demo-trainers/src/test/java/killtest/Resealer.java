package killtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Makes an altered checkpoint pass verification: writes its manifest anew for the files as they are. This is what shows
 * that a comparison sees a difference that checksums did not stop.
 */
final class Resealer {

    private static final int BLOCK_BYTES = 1 << 20;

    private Resealer() {}

    static void reseal(Path checkpoint) throws IOException {
        resealLoop(checkpoint.resolve("loop.kryo"));
        Path file = checkpoint.resolve("manifest.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
        manifest.remove("sha256");
        for (var entry : manifest.withArray("files")) {
            byte[] bytes =
                    Files.readAllBytes(checkpoint.resolve(entry.get("name").asText()));
            ((ObjectNode) entry).put("size", bytes.length);
            blocks(((ObjectNode) entry).putArray("crc32c"), bytes);
        }
        String body = json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
        String unsealed = body.substring(0, body.lastIndexOf('}')).stripTrailing();
        Files.writeString(file, unsealed + ",\n  \"sha256\" : \"" + sha256(unsealed) + "\"\n}\n");
    }

    /** Its last eight bytes are the CRC32C of all before, big endian. */
    private static void resealLoop(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, crc.getValue());
        Files.delete(file);
        Files.write(file, bytes);
    }

    private static void blocks(ArrayNode list, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += BLOCK_BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, from, Math.min(BLOCK_BYTES, bytes.length - from));
            list.add(HexFormat.of().toHexDigits((int) crc.getValue()));
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
