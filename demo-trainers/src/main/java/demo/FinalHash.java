package demo;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import ai.djl.util.RandomUtils;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over everything that a training run produced: two runs with the same hash are equal to the last bit. */
final class FinalHash {

    private static final int DRAWS = 4;

    private final MessageDigest digest;

    FinalHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }

    FinalHash add(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        digest.update(bytes);
        return this;
    }

    FinalHash add(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
        return this;
    }

    FinalHash add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds the model's parameters with their names, and one draw of DJL's two generators. */
    FinalHash add(Model model) {
        for (Pair<String, Parameter> p : model.getBlock().getParameters()) {
            add(p.getKey()).add(p.getValue().getArray().toFloatArray());
        }
        try (NDArray drawn = model.getNDManager().randomUniform(0, 1, new Shape(DRAWS))) {
            return add(drawn.toFloatArray()).add(RandomUtils.random());
        }
    }

    /** Returns what a program prints last. */
    String line() {
        return "FINAL " + HexFormat.of().formatHex(digest.digest());
    }
}
