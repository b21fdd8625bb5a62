package dev.belay.state;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The generators that hide in the JDK: those of {@code Math.random()}, of {@code Collections.shuffle(list)} and of
 * {@link java.util.concurrent.ThreadLocalRandom}.
 */
public final class JdkRandom {

    private JdkRandom() {}

    /**
     * Returns the generators by name. One that the program did not use yet is made here, as the JDK itself would at its
     * first use, so that a resumed run has an object to fill.
     */
    public static Map<String, Object> roots() {
        Map<String, Object> roots = new LinkedHashMap<>();
        roots.put(
                "java.lang.Math.random",
                generator("java.lang.Math$RandomNumberGeneratorHolder", "randomNumberGenerator"));
        roots.put("java.util.Collections.shuffle", generator("java.util.Collections", "r"));
        return roots;
    }

    /** Adds the calling thread's part of {@link java.util.concurrent.ThreadLocalRandom}. */
    public static void capture(CaptureSink sink) {
        ThreadSeed.FIELDS.forEach(f -> sink.value(ThreadSeed.key(f), ThreadSeed.get(f)));
    }

    /** Gives the calling thread what {@link #capture} added. */
    public static void restore(RestoreSource source) {
        ThreadSeed.FIELDS.forEach(f -> source.value(ThreadSeed.key(f)).ifPresent(v -> ThreadSeed.set(f, v)));
    }

    /** Fields of a thread that {@link java.util.concurrent.ThreadLocalRandom} draws from. */
    private static final class ThreadSeed {

        static final List<Field> FIELDS = List.of(
                field("threadLocalRandomSeed"),
                field("threadLocalRandomProbe"),
                field("threadLocalRandomSecondarySeed"));

        private static Field field(String name) {
            try {
                return Thread.class.getDeclaredField(name);
            } catch (NoSuchFieldException e) {
                throw new LinkageError("this JDK keeps the seeds of threads elsewhere; use a JDK from 17 to 25", e);
            }
        }

        static String key(Field field) {
            return "java.lang.Thread." + field.getName();
        }

        static Object get(Field field) {
            return HeapAccess.get(Thread.currentThread(), field);
        }

        static void set(Field field, Object value) {
            HeapAccess.putPrimitive(
                    Thread.currentThread(),
                    HeapAccess.offset(field),
                    field.getType().descriptorString().charAt(0),
                    ((Number) value).longValue());
        }
    }

    private static Object generator(String owner, String name) {
        try {
            Field field = Class.forName(owner).getDeclaredField(name);
            Object base = HeapAccess.staticBase(field);
            long offset = HeapAccess.staticOffset(field);
            Object found = HeapAccess.reference(base, offset);
            if (found == null) {
                found = new Random();
                HeapAccess.putReference(base, offset, found);
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new Unsupported(owner + "." + name, "this JDK keeps it elsewhere; use a JDK from 17 to 25");
        }
    }
}
