package dev.belay.state;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The generators that hide in the JDK: those of {@code Math.random()}, of {@code Collections.shuffle(list)} and of
 * {@link ThreadLocalRandom}.
 */
public final class JdkRandom {

    private static final String MATH = "java.lang.Math.random";
    private static final String COLLECTIONS = "java.util.Collections.shuffle";
    private static final String SEED = "java.lang.Thread.threadLocalRandomSeed";

    private JdkRandom() {}

    /**
     * Returns the generators by name. One that the program did not use yet is made here, as the JDK itself would at its
     * first use, so that a resumed run has an object to fill.
     */
    public static Map<String, Object> roots() {
        Map<String, Object> roots = new LinkedHashMap<>();
        roots.put(MATH, generator("java.lang.Math$RandomNumberGeneratorHolder", "randomNumberGenerator"));
        roots.put(COLLECTIONS, generator("java.util.Collections", "r"));
        return roots;
    }

    /** Returns whether a name is one of these: what each JVM seeds anew differs in any two runs. */
    static boolean isName(String root) {
        return root.equals(MATH) || root.equals(COLLECTIONS) || root.equals(SEED);
    }

    /**
     * Adds the calling thread's seed of {@link ThreadLocalRandom}, if it has one. The two other fields that belong to it decide
     * where the JDK's collections put things, and no number.
     */
    public static void capture(CaptureSink sink) {
        if (thread("threadLocalRandomProbe") != 0) {
            sink.value(SEED, thread("threadLocalRandomSeed"));
        }
    }

    /** Gives the calling thread what {@link #capture} added. */
    public static void restore(RestoreSource source) {
        source.value(SEED).ifPresent(seed -> {
            ThreadLocalRandom.current(); // what has a seed already is not seeded anew
            Field field = threadField("threadLocalRandomSeed");
            HeapAccess.putPrimitive(Thread.currentThread(), HeapAccess.offset(field), 'J', (long) seed);
        });
    }

    private static long thread(String field) {
        return ((Number) HeapAccess.get(Thread.currentThread(), threadField(field))).longValue();
    }

    private static Field threadField(String name) {
        try {
            return Thread.class.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new LinkageError("this JDK keeps the seeds of threads elsewhere; use a JDK from 17 to 25", e);
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
