package dev.belay.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * The open file below a stream, however many others are wrapped around it.
 *
 * @param path as it was given to the JDK; null for a descriptor without one, such as that of stdout
 */
record Sink(Object raw, FileDescriptor descriptor, String path) {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String ENCODER = "sun.nio.cs.StreamEncoder";
    private static final String CHANNEL = "sun.nio.ch.FileChannelImpl";

    /** Those whose flush leaves nothing behind, and which hold no other state. */
    private static final Set<String> TRANSPARENT = Set.of(
            "java.io.OutputStream",
            "java.io.Writer",
            "java.io.FileOutputStream",
            "java.io.FilterOutputStream",
            "java.io.BufferedOutputStream",
            "java.io.DataOutputStream",
            "java.io.PrintStream",
            "java.io.PrintWriter",
            "java.io.BufferedWriter",
            "java.io.FilterWriter",
            "java.io.OutputStreamWriter",
            "java.io.FileWriter",
            ENCODER,
            "java.nio.channels.Channels$1",
            "sun.nio.ch.ChannelOutputStream",
            CHANNEL);

    /** Other encoders write a mark at the start, or shift between states. */
    private static final Set<String> STATELESS =
            Set.of("UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "windows-1252", "UTF-16BE", "UTF-16LE");

    private static final ClassValue<List<Field>> STREAM_FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
                for (Field f : c.getDeclaredFields()) {
                    if (!Modifier.isStatic(f.getModifiers()) && !f.getType().isPrimitive()) {
                        fields.add(f);
                    }
                }
            }
            return List.copyOf(fields);
        }
    };

    private static final ClassValue<Field> HALF = new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> type) {
            if (!type.getName().equals(ENCODER)) {
                return null;
            }
            try {
                return type.getDeclaredField("haveLeftoverChar");
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(type.getName() + " has no field for what it holds back on this JDK", e);
            }
        }
    };

    /**
     * Finds all files below a stream.
     *
     * @throws FileProblem if one of the streams between holds state of its own
     */
    static List<Sink> below(Object stream) throws FileProblem {
        List<Sink> sinks = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> work = new ArrayDeque<>(List.of(stream));
        while (!work.isEmpty()) {
            Object next = work.poll();
            if (seen.add(next)) {
                requireTransparent(next);
                if (next instanceof FileOutputStream
                        || next.getClass().getName().equals(CHANNEL)) {
                    sinks.add(of(next));
                } else {
                    STREAM_FIELDS.get(next.getClass()).stream()
                            .map(f -> UNSAFE.getReference(next, UNSAFE.objectFieldOffset(f)))
                            .filter(Sink::isStream)
                            .forEach(work::add);
                }
            }
        }
        return sinks;
    }

    private static boolean isStream(Object o) {
        return o instanceof OutputStream || o instanceof Writer || o instanceof Channel;
    }

    private static void requireTransparent(Object stream) throws FileProblem {
        Class<?> jdk = stream.getClass();
        while (jdk.getClassLoader() != null && jdk.getClassLoader() != ClassLoader.getPlatformClassLoader()) {
            jdk = jdk.getSuperclass();
        }
        if (!TRANSPARENT.contains(jdk.getName())) {
            throw new FileProblem(
                    stream.getClass().getName(),
                    "it is open across the loop, and a " + jdk.getName()
                            + " that is kept open cannot be continued; open it" + " inside the loop's body");
        }
        if (holdsHalf(stream)) {
            throw new FileProblem(
                    stream.getClass().getName(), "half of a character was written to it; write both in one step");
        }
        String encoding = stream instanceof OutputStreamWriter w ? w.getEncoding() : null;
        if (encoding != null && !STATELESS.contains(Charset.forName(encoding).name())) {
            throw new FileProblem(
                    stream.getClass().getName(),
                    "it is open across the loop, and its encoding " + encoding
                            + " keeps a state that is not saved; write UTF-8");
        }
    }

    /** An encoder waits for the second half of a character outside of the basic plane; flushing it does not change that. */
    private static boolean holdsHalf(Object stream) {
        Field half = HALF.get(stream.getClass());
        return half != null && UNSAFE.getBoolean(stream, UNSAFE.objectFieldOffset(half));
    }

    private static Sink of(Object raw) {
        return new Sink(raw, (FileDescriptor) field(raw, "fd"), (String) field(raw, "path"));
    }

    private static Object field(Object raw, String name) {
        for (Field f : STREAM_FIELDS.get(raw.getClass())) {
            boolean jdks = f.getDeclaringClass() == FileOutputStream.class
                    || f.getDeclaringClass().getName().equals(CHANNEL);
            if (jdks && f.getName().equals(name)) {
                return UNSAFE.getReference(raw, UNSAFE.objectFieldOffset(f));
            }
        }
        throw new IllegalStateException(raw.getClass().getName() + " has no field " + name + " on this JDK");
    }

    boolean isOpen() {
        return descriptor.valid() && !(raw instanceof FileChannel c && !c.isOpen());
    }

    /** Returns whether the open file still has this name, where the system tells. */
    boolean isOn(Path real) throws IOException {
        Path link = DESCRIPTORS.resolve(Integer.toString(Descriptors.number(descriptor)));
        return !Files.isSymbolicLink(link) || Files.readSymbolicLink(link).equals(real);
    }

    boolean appends() {
        return Descriptors.appends(descriptor);
    }

    long position() throws IOException {
        return raw instanceof FileChannel c
                ? c.position()
                : ((FileOutputStream) raw).getChannel().position();
    }

    /** Lets the stream write to another place from now on. */
    void lead(FileChannel to) throws IOException {
        Descriptors.exchange(descriptor, (FileDescriptor) field(to, "fd"), raw instanceof FileOutputStream);
        to.close(); // which has the old one now
    }
}
