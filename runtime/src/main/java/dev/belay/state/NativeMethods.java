package dev.belay.state;

import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Knows the program's classes that have native methods. */
final class NativeMethods {

    private static final ClassValue<Boolean> DECLARED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                return Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> Modifier.isNative(m.getModifiers()));
            } catch (LinkageError e) {
                return false; // a signature names a class that is absent: the class cannot have been used natively
            }
        }
    };

    private NativeMethods() {}

    /** Returns whether a class, or a superclass of it that is not the JDK's, has native methods. */
    static boolean areOf(Class<?> type) {
        for (Class<?> c = type; c != null && !ObjectPolicy.isJdk(c); c = c.getSuperclass()) {
            if (DECLARED.get(c)) {
                return true;
            }
        }
        return false;
    }
}
