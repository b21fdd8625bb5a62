package dev.belay.state;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import jdk.internal.misc.Unsafe;
import jdk.internal.misc.VM;

/**
 * Raw reads and writes of fields. Uses the JDK's internal Unsafe, which writes final fields and warns on no JDK; the
 * agent opens it at start. Only methods whose signatures are the same from JDK 17 to 25 are called.
 */
final class HeapAccess {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private HeapAccess() {}

    static long offset(Field field) {
        return UNSAFE.objectFieldOffset(field);
    }

    static Object reference(Object holder, long offset) {
        return UNSAFE.getReference(holder, offset);
    }

    static void putReference(Object holder, long offset, Object value) {
        UNSAFE.putReference(holder, offset, value);
    }

    /** Reads an instance field; primitives are boxed. */
    static Object get(Object holder, Field field) {
        Class<?> type = field.getType();
        if (!type.isPrimitive()) {
            return reference(holder, offset(field));
        }
        char descriptor = type.descriptorString().charAt(0);
        return Primitives.box(type, primitive(holder, offset(field), descriptor));
    }

    /** Reads a primitive as the bits of a long; {@code type} is its descriptor. */
    static long primitive(Object holder, long offset, char type) {
        return switch (type) {
            case 'J', 'D' -> UNSAFE.getLong(holder, offset);
            case 'I', 'F' -> UNSAFE.getInt(holder, offset);
            case 'Z' -> UNSAFE.getBoolean(holder, offset) ? 1 : 0;
            case 'B' -> UNSAFE.getByte(holder, offset);
            case 'S' -> UNSAFE.getShort(holder, offset);
            case 'C' -> UNSAFE.getChar(holder, offset);
            default -> throw new IllegalArgumentException("not a primitive: " + type);
        };
    }

    static void putPrimitive(Object holder, long offset, char type, long bits) {
        switch (type) {
            case 'J', 'D' -> UNSAFE.putLong(holder, offset, bits);
            case 'I', 'F' -> UNSAFE.putInt(holder, offset, (int) bits);
            case 'Z' -> UNSAFE.putBoolean(holder, offset, bits != 0);
            case 'B' -> UNSAFE.putByte(holder, offset, (byte) bits);
            case 'S' -> UNSAFE.putShort(holder, offset, (short) bits);
            case 'C' -> UNSAFE.putChar(holder, offset, (char) bits);
            default -> throw new IllegalArgumentException("not a primitive: " + type);
        }
    }

    /** Replaces a long if it is {@code expected}; returns whether it was. */
    static boolean replace(Object holder, long offset, long expected, long value) {
        return UNSAFE.compareAndSetLong(holder, offset, expected, value);
    }

    static Object staticBase(Field field) {
        return UNSAFE.staticFieldBase(field);
    }

    static long staticOffset(Field field) {
        return UNSAFE.staticFieldOffset(field);
    }

    /** Returns how many bytes all direct buffers together may have. */
    static long maxDirectMemory() {
        return VM.maxDirectMemory();
    }

    static boolean initialized(Class<?> type) {
        return !UNSAFE.shouldBeInitialized(type);
    }

    /** Returns a new object whose constructors did not run. */
    static Object allocate(Class<?> type) throws InstantiationException {
        return UNSAFE.allocateInstance(type);
    }

    /** Returns a look-up that sees all of the JDK. */
    static MethodHandles.Lookup trustedLookup() throws NoSuchFieldException {
        Field field = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
        return (MethodHandles.Lookup) reference(staticBase(field), staticOffset(field));
    }
}
