package dev.belay.state;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The generators that hide in the JDK: those of {@code Math.random()} and of {@code Collections.shuffle(list)}. */
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
