package dev.belay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The text of {@code manifest.json}.
 *
 * @param sha256 names this very manifest in the log
 */
record ManifestFile(Manifest manifest, String sha256) {

    static final String NAME = "manifest.json";
    static final String FORMAT = "belay checkpoint";
    static final long VERSION = 1;
    private static final int MAX_BYTES = 256 << 20;

    static Sealed seal(Manifest m) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("version", VERSION);
        fields.put("seq", m.seq());
        fields.put("parent", m.parent());
        fields.put("attempt", m.attempt());
        fields.put("step", m.step());
        fields.put("epoch", Double.isNaN(m.epoch()) ? null : m.epoch());
        fields.put("created", m.created().toString());
        fields.put("fingerprint", new TreeMap<>(m.fingerprint()));
        fields.put("notes", new TreeMap<>(m.notes()));
        fields.put("block_bytes", ChecksummedChannel.BLOCK_BYTES);
        fields.put("files", m.files().stream().map(ManifestFile::entry).toList());
        return Sealed.of(fields);
    }

    private static Map<String, Object> entry(Manifest.FileEntry f) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", f.name());
        entry.put("size", f.size());
        entry.put("crc32c", f.crc32c().stream().map(HexFormat.of()::toHexDigits).toList());
        return entry;
    }

    /** Reads the manifest of a checkpoint's directory. Throws IOException if it is there and cannot be read. */
    static ManifestFile read(Path directory) throws Damage, IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Damage(Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "it is no regular file" : "it is missing");
        }
        try (var in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return parse(Sealed.check(in.readNBytes(MAX_BYTES)));
        }
    }

    private static ManifestFile parse(Sealed sealed) throws Damage {
        Fields f = sealed.fields();
        if (!f.text("format").equals(FORMAT) || f.number("version") != VERSION) {
            throw new Damage("found " + f.text("format") + " version " + f.number("version") + ", expected " + FORMAT
                    + " version " + VERSION + "; use the version of Belay that wrote it");
        }
        if (f.number("block_bytes") != ChecksummedChannel.BLOCK_BYTES) {
            throw new Damage("found blocks of " + f.number("block_bytes") + " bytes, expected "
                    + ChecksummedChannel.BLOCK_BYTES);
        }
        Instant created = f.instant("created");
        Manifest manifest = new Manifest(
                f.number("seq"),
                f.number("parent"),
                f.text("attempt"),
                f.number("step"),
                f.real("epoch"),
                created,
                f.texts("fingerprint"),
                f.texts("notes"),
                files(f.list("files")));
        return new ManifestFile(manifest, sealed.sha256());
    }

    private static List<Manifest.FileEntry> files(List<?> list) throws Damage {
        List<Manifest.FileEntry> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map)) {
                throw new Damage("its list of files is of another type");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            map.forEach((k, v) -> values.put((String) k, v));
            Fields f = new Fields(values);
            String name = f.text("name");
            if (!FileNames.isPlain(name) || !names.add(name)) {
                throw new Damage("it names a file '" + name + "': not a plain name of its own");
            }
            files.add(new Manifest.FileEntry(name, f.number("size"), crcs(f.list("crc32c"))));
        }
        return files;
    }

    private static List<Integer> crcs(List<?> list) throws Damage {
        List<Integer> crcs = new ArrayList<>();
        for (Object element : list) {
            try {
                crcs.add(HexFormat.fromHexDigits((String) element));
            } catch (ClassCastException | IllegalArgumentException e) {
                throw new Damage("it lists a checksum that is none");
            }
        }
        return crcs;
    }
}
