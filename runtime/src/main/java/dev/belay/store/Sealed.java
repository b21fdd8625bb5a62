package dev.belay.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * JSON text whose last field is the SHA-256 of all bytes before that field, so that any changed, missing or added byte
 * shows. The digest names the text too.
 *
 * @param text the whole text in UTF-8
 * @param sha256 in lower-case hexadecimal
 */
record Sealed(byte[] text, String sha256) {

    private static final int SHA256_HEX_DIGITS = 64;

    static Sealed of(Map<String, ?> fields) {
        String json = Json.write(fields);
        byte[] body = json.substring(0, json.lastIndexOf('}')).stripTrailing().getBytes(StandardCharsets.UTF_8);
        String sha256 = sha256(body, body.length);
        byte[] end = end(sha256);
        byte[] text = Arrays.copyOf(body, body.length + end.length);
        System.arraycopy(end, 0, text, body.length, end.length);
        return new Sealed(text, sha256);
    }

    /** Checks the seal of a text. */
    static Sealed check(byte[] text) throws Damage {
        int bodyLength = text.length - end("0".repeat(SHA256_HEX_DIGITS)).length;
        if (bodyLength < 1) {
            throw new Damage("found " + text.length + " bytes: it is truncated");
        }
        String sha256 = sha256(text, bodyLength);
        if (!Arrays.equals(text, bodyLength, text.length, end(sha256), 0, text.length - bodyLength)) {
            throw new Damage("its checksum does not fit");
        }
        return new Sealed(text, sha256);
    }

    Fields fields() throws Damage {
        return new Fields(Json.read(text));
    }

    private static byte[] end(String sha256) {
        return (",\n  \"sha256\" : \"" + sha256 + "\"\n}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }
}
