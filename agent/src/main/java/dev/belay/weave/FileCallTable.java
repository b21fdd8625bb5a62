package dev.belay.weave;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which calls open, move, delete or make files, and what is called for them; each as owner, name and descriptor. */
final class FileCallTable {

    /** What is called instead. */
    record Target(String owner, String name, String descriptor) {

        private String text() {
            return owner + "." + name + descriptor;
        }
    }

    static final String CALLS = "dev/belay/files/FileCalls";
    static final String METHODS = "dev/belay/files/FileMethods";
    static final String MOVES = "dev/belay/files/FileMoves";
    private static final String RANDOM_ACCESS = "java/io/RandomAccessFile";
    private static final String STRING = "Ljava/lang/String;";
    private static final String FILE = "Ljava/io/File;";
    private static final String CHARSET = "Ljava/nio/charset/Charset;";
    private static final String PATH = "Ljava/nio/file/Path;";
    private static final String OPEN = "[Ljava/nio/file/OpenOption;";
    private static final String COPY = "[Ljava/nio/file/CopyOption;";
    private static final String ATTRIBUTES = "[Ljava/nio/file/attribute/FileAttribute;";

    private static final Map<String, Target> METHOD_TARGETS = methods();
    private static final Map<String, Target> CONSTRUCTOR_TARGETS = constructors();

    private FileCallTable() {}

    /** Returns Belay's method that takes the place of a method; null for one that stays. */
    static Target method(String owner, String name, String descriptor) {
        return METHOD_TARGETS.get(owner + "." + name + descriptor);
    }

    /** Returns Belay's method that names the file to open for a constructor's arguments; null for one that opens none. */
    static Target constructor(String owner, String descriptor) {
        return CONSTRUCTOR_TARGETS.get(owner + ".<init>" + descriptor);
    }

    /** Returns what of the JDK is replaced or given another file. */
    static Set<String> replaced() {
        Set<String> all = new TreeSet<>(METHOD_TARGETS.keySet());
        all.addAll(CONSTRUCTOR_TARGETS.keySet());
        return all;
    }

    /** Returns what Belay's classes must have. */
    static Set<String> needed() {
        Set<String> all = new TreeSet<>();
        METHOD_TARGETS.values().forEach(t -> all.add(t.text()));
        CONSTRUCTOR_TARGETS.values().forEach(t -> all.add(t.text()));
        return all;
    }

    private static Map<String, Target> constructors() {
        Map<String, List<String>> after = Map.of(
                "java/io/FileOutputStream",
                List.of("", "Z"),
                "java/io/FileWriter",
                List.of("", "Z", CHARSET, CHARSET + "Z"),
                "java/io/PrintWriter",
                List.of("", STRING, CHARSET),
                "java/io/PrintStream",
                List.of("", STRING, CHARSET),
                "java/util/Formatter",
                List.of("", STRING, STRING + "Ljava/util/Locale;", CHARSET + "Ljava/util/Locale;"),
                RANDOM_ACCESS,
                List.of(STRING));
        Map<String, Target> all = new HashMap<>();
        after.forEach((owner, rest) -> {
            String call = owner.equals(RANDOM_ACCESS) ? "random" : "output";
            for (String first : List.of(STRING, FILE)) {
                for (String r : rest) {
                    all.put(
                            owner + ".<init>(" + first + r + ")V",
                            new Target(CALLS, call, "(" + first + r + ")" + first));
                }
            }
        });
        return Map.copyOf(all);
    }

    private static Map<String, Target> methods() {
        Map<String, Target> all = new HashMap<>();
        String files = "java/nio/file/Files";
        for (String of : List.of(
                "newOutputStream(" + PATH + OPEN + ")Ljava/io/OutputStream;",
                "newBufferedWriter(" + PATH + OPEN + ")Ljava/io/BufferedWriter;",
                "newBufferedWriter(" + PATH + CHARSET + OPEN + ")Ljava/io/BufferedWriter;",
                "write(" + PATH + "[B" + OPEN + ")" + PATH,
                "write(" + PATH + "Ljava/lang/Iterable;" + OPEN + ")" + PATH,
                "write(" + PATH + "Ljava/lang/Iterable;" + CHARSET + OPEN + ")" + PATH,
                "writeString(" + PATH + "Ljava/lang/CharSequence;" + OPEN + ")" + PATH,
                "writeString(" + PATH + "Ljava/lang/CharSequence;" + CHARSET + OPEN + ")" + PATH,
                "newByteChannel(" + PATH + OPEN + ")Ljava/nio/channels/SeekableByteChannel;",
                "newByteChannel(" + PATH + "Ljava/util/Set;" + ATTRIBUTES
                        + ")Ljava/nio/channels/SeekableByteChannel;")) {
            add(all, files, of, METHODS, "");
        }
        String channel = "java/nio/channels/FileChannel";
        add(all, channel, "open(" + PATH + OPEN + ")L" + channel + ";", METHODS, "");
        add(all, channel, "open(" + PATH + "Ljava/util/Set;" + ATTRIBUTES + ")L" + channel + ";", METHODS, "");
        for (String of : List.of(
                "copy(Ljava/io/InputStream;" + PATH + COPY + ")J",
                "copy(" + PATH + PATH + COPY + ")" + PATH,
                "move(" + PATH + PATH + COPY + ")" + PATH,
                "delete(" + PATH + ")V",
                "deleteIfExists(" + PATH + ")Z",
                "createFile(" + PATH + ATTRIBUTES + ")" + PATH,
                "createDirectory(" + PATH + ATTRIBUTES + ")" + PATH)) {
            add(all, files, of, MOVES, "");
        }
        for (String of : List.of("delete()Z", "createNewFile()Z", "mkdir()Z", "renameTo(" + FILE + ")Z")) {
            add(all, "java/io/File", of, MOVES, FILE);
        }
        return Map.copyOf(all);
    }

    /** @param self the type of the object that the method is called on, which becomes the first argument; empty for none */
    private static void add(Map<String, Target> all, String owner, String method, String newOwner, String self) {
        int at = method.indexOf('(');
        String descriptor = "(" + self + method.substring(at + 1);
        all.put(owner + "." + method, new Target(newOwner, method.substring(0, at), descriptor));
    }
}
