package dev.belay.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: u64 little-endian length, JSON, spaces up to a multiple of 8 bytes.
 *
 * @param tensors in the order of their bytes
 * @param aliases other names of tensors, in the metadata as the Hugging Face library writes tied weights
 */
record SafetensorsHeader(List<TensorEntry> tensors, Map<String, String> aliases) {

    /** Readers refuse longer headers. */
    static final int MAX_BYTES = 100_000_000;

    static final String METADATA = "__metadata__";
    static final String FORMAT = "format";
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Returns the JSON text, padded. */
    byte[] json() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart(METADATA);
            json.writeStringField(FORMAT, "pt"); // readers crash without it
            for (Map.Entry<String, String> alias : aliases.entrySet()) {
                json.writeStringField(alias.getKey(), alias.getValue());
            }
            json.writeEndObject();
            for (TensorEntry t : tensors) {
                write(json, t);
            }
            json.writeEndObject();
        }
        byte[] text = bytes.toByteArray();
        byte[] padded = Arrays.copyOf(text, (text.length + 7) & ~7);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        if (padded.length > MAX_BYTES) {
            throw new IOException("a header of " + padded.length + " bytes for " + tensors.size()
                    + " tensors, where readers take at most " + MAX_BYTES);
        }
        return padded;
    }

    private static void write(JsonGenerator json, TensorEntry t) throws IOException {
        json.writeObjectFieldStart(t.name());
        json.writeStringField("dtype", t.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(t.shape(), 0, t.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {t.begin(), t.end()}, 0, 2);
        json.writeEndObject();
    }
}
