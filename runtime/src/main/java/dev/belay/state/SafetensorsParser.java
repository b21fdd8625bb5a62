package dev.belay.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a safetensors header and believes nothing in it: all that later reads rely on is checked here. */
final class SafetensorsParser {

    private final String file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorEntry> tensors = new ArrayList<>();

    private SafetensorsParser(String file) {
        this.file = file;
    }

    /**
     * @param file name for messages
     * @param dataBytes how many bytes follow the header
     * @throws Unsupported if the header is damaged or does not describe exactly these bytes
     */
    static SafetensorsHeader parse(String file, byte[] json, long dataBytes) {
        SafetensorsParser parser = new SafetensorsParser(file);
        try (JsonParser in = SafetensorsHeader.JSON.createParser(json)) {
            parser.readAll(in);
        } catch (IOException e) {
            throw parser.damaged("its header is no JSON (" + firstLine(e.getMessage()) + ")");
        }
        parser.tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        parser.checkBytes(dataBytes);
        return new SafetensorsHeader(List.copyOf(parser.tensors), parser.aliases());
    }

    private void readAll(JsonParser in) throws IOException {
        expect(in.nextToken(), JsonToken.START_OBJECT, "the header");
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            expect(in.nextToken(), JsonToken.START_OBJECT, "'" + name + "'");
            if (name.equals(SafetensorsHeader.METADATA)) {
                readMetadata(in);
            } else {
                tensors.add(readTensor(in, name));
            }
        }
        expect(in.nextToken(), null, "after the header");
    }

    private void readMetadata(JsonParser in) throws IOException {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            expect(in.nextToken(), JsonToken.VALUE_STRING, "metadata '" + key + "'");
            metadata.put(key, in.getText());
        }
    }

    private TensorEntry readTensor(JsonParser in, String name) throws IOException {
        Dtype dtype = null;
        long[] shape = null;
        long[] offsets = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            in.nextToken();
            switch (key) {
                case "dtype" -> dtype = dtype(in, name);
                case "shape" -> shape = numbers(in, name);
                case "data_offsets" -> offsets = numbers(in, name);
                default -> throw damaged("tensor '" + name + "' has a key '" + key + "'");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw damaged("tensor '" + name + "' lacks dtype, shape or two data_offsets");
        }
        TensorEntry entry = new TensorEntry(name, dtype, shape, offsets[0], offsets[1]);
        checkSize(entry);
        return entry;
    }

    private Dtype dtype(JsonParser in, String name) throws IOException {
        expect(in.currentToken(), JsonToken.VALUE_STRING, "dtype of '" + name + "'");
        String found = in.getText();
        return Arrays.stream(Dtype.values())
                .filter(d -> d.name().equals(found))
                .findFirst()
                .orElseThrow(() -> damaged("tensor '" + name + "' has dtype " + found + ", expected one of "
                        + Arrays.toString(Dtype.values())));
    }

    private long[] numbers(JsonParser in, String name) throws IOException {
        expect(in.currentToken(), JsonToken.START_ARRAY, "shape or data_offsets of '" + name + "'");
        List<Long> numbers = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            expect(in.currentToken(), JsonToken.VALUE_NUMBER_INT, "shape or data_offsets of '" + name + "'");
            numbers.add(in.getLongValue());
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private void checkSize(TensorEntry t) {
        long wanted;
        try {
            wanted = t.dtype().bytes(t.shape());
        } catch (ArithmeticException e) {
            throw damaged("tensor '" + t.name() + "' has the impossible shape " + Arrays.toString(t.shape()));
        }
        if (t.begin() < 0 || t.end() < t.begin() || t.bytes() != wanted) {
            throw damaged("tensor '" + t.name() + "' has data_offsets [" + t.begin() + ", " + t.end() + "], expected "
                    + wanted + " bytes");
        }
    }

    /** No byte may be nobody's or somebody's twice. */
    private void checkBytes(long dataBytes) {
        long at = 0;
        for (TensorEntry t : tensors) {
            if (t.begin() != at) {
                throw damaged("tensor '" + t.name() + "' begins at byte " + t.begin() + ", expected " + at);
            }
            at = t.end();
        }
        if (at != dataBytes) {
            throw damaged("found " + dataBytes + " bytes of tensors, expected " + at);
        }
    }

    private Map<String, String> aliases() {
        Set<String> names = new HashSet<>();
        tensors.forEach(t -> names.add(t.name()));
        Map<String, String> aliases = new LinkedHashMap<>();
        metadata.forEach((key, value) -> {
            if (!key.equals(SafetensorsHeader.FORMAT)) {
                if (names.contains(key) || !names.contains(value)) {
                    throw damaged("metadata '" + key + "' is '" + value + "', expected the name of a tensor");
                }
                aliases.put(key, value);
            }
        });
        return aliases;
    }

    private void expect(JsonToken found, JsonToken expected, String where) {
        if (found != expected) {
            throw damaged(where + ": found " + found + ", expected " + (expected == null ? "nothing" : expected));
        }
    }

    private Unsupported damaged(String what) {
        return new Unsupported(file, what + "; it is damaged or foreign");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
