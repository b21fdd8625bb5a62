package dev.belay.state;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.util.Optional;

/** Reads and writes threads' values of thread locals without calling the program's code: both classes can be extended. */
final class ThreadLocals {

    /** A value that was set; it may be null. */
    record Held(Object value) {}

    private static final Field HASH = field(ThreadLocal.class, "threadLocalHashCode");
    private static final Field PLAIN = field(Thread.class, "threadLocals");
    private static final Field INHERITABLE = field(Thread.class, "inheritableThreadLocals");
    private static final Field TABLE = field(PLAIN.getType(), "table");
    private static final Field VALUE = field(TABLE.getType().getComponentType(), "value");
    /** Needed by a restore only: a capture is not to pay for them. */
    private static final class Calls {

        static final MethodHandle NEXT_HASH;
        static final MethodHandle SET;
        static final MethodHandle REMOVE;

        static {
            try {
                MethodHandles.Lookup lookup = HeapAccess.trustedLookup();
                Class<?> map = PLAIN.getType();
                NEXT_HASH = lookup.findStatic(ThreadLocal.class, "nextHashCode", MethodType.methodType(int.class));
                SET = lookup.findVirtual(
                        map, "set", MethodType.methodType(void.class, ThreadLocal.class, Object.class));
                REMOVE = lookup.findVirtual(map, "remove", MethodType.methodType(void.class, ThreadLocal.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("this JDK keeps thread locals elsewhere; use a JDK from 17 to 25", e);
            }
        }
    }

    private ThreadLocals() {}

    private static Field field(Class<?> owner, String name) {
        try {
            return owner.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new LinkageError("this JDK keeps thread locals elsewhere; use a JDK from 17 to 25", e);
        }
    }

    /** Returns whether a field is a thread local's key in the maps of this JVM, which is nobody's state. */
    static boolean isKey(Field field) {
        return field.getDeclaringClass() == ThreadLocal.class && field.getName().equals(HASH.getName());
    }

    /** Gives a thread local whose constructor did not run its key. */
    static void initialize(ThreadLocal<?> made) {
        try {
            HeapAccess.putPrimitive(made, HeapAccess.offset(HASH), 'I', (int) Calls.NEXT_HASH.invoke());
        } catch (Throwable e) {
            throw new LinkageError("cannot make a thread local", e);
        }
    }

    /** Returns a thread's value; empty if it has none. Changes nothing, so that the thread may be another one. */
    static Optional<Held> value(Thread thread, ThreadLocal<?> local) {
        Object map = map(thread, local);
        Object[] table = map == null ? null : (Object[]) HeapAccess.get(map, TABLE);
        for (int i = 0; table != null && i < table.length; i++) {
            if (table[i] instanceof Reference<?> entry && entry.refersTo(cast(local))) {
                return Optional.of(new Held(HeapAccess.get(entry, VALUE)));
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(ThreadLocal<?> local) {
        return (T) local;
    }

    private static Object map(Thread thread, ThreadLocal<?> local) {
        return HeapAccess.get(thread, local instanceof InheritableThreadLocal ? INHERITABLE : PLAIN);
    }

    /** Sets the calling thread's value. */
    static void set(ThreadLocal<?> local, Object value) {
        if (map(Thread.currentThread(), local) == null) {
            ThreadLocal<Object> first =
                    local instanceof InheritableThreadLocal ? new InheritableThreadLocal<>() : new ThreadLocal<>();
            first.set(value); // makes the map
            first.remove();
        }
        try {
            Calls.SET.invoke(map(Thread.currentThread(), local), local, value);
        } catch (Throwable e) {
            throw new LinkageError("cannot set a thread local", e);
        }
    }

    /** Removes the calling thread's value. */
    static void remove(ThreadLocal<?> local) {
        Object map = map(Thread.currentThread(), local);
        try {
            if (map != null) {
                Calls.REMOVE.invoke(map, local);
            }
        } catch (Throwable e) {
            throw new LinkageError("cannot remove a thread local", e);
        }
    }
}
