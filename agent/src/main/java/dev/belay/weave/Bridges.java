package dev.belay.weave;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.Points;
import dev.belay.loop.ProgramClock;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import jdk.internal.misc.Unsafe;
import org.objectweb.asm.Type;

/**
 * Lets code call Belay whose class loader does not see it, one that has only the JDK above it, say: the loader gets classes
 * of the same names that hand each call over. All that woven code calls has only JDK types in its signatures.
 */
final class Bridges {

    private static final List<String> CALLED = List.of(
            Points.class.getName(),
            ProgramClock.class.getName(),
            FileCallTable.CALLS.replace('/', '.'),
            FileCallTable.METHODS.replace('/', '.'),
            FileCallTable.MOVES.replace('/', '.'));

    private final Set<ClassLoader> bridged =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** How code of a class loader gets to Belay. */
    enum Way {
        DIRECT,
        /** What is woven MUST go through {@link BridgeCode#adapt}. */
        BRIDGE,
        /** It sees another copy of Belay's classes. */
        NONE
    }

    /** Returns the way from a loader; builds the bridge if need be. */
    synchronized Way from(ClassLoader loader) {
        try {
            Class<?> seen = Class.forName(Points.class.getName(), false, loader);
            return seen == Points.class ? Way.DIRECT : bridged.contains(seen.getClassLoader()) ? Way.BRIDGE : Way.NONE;
        } catch (ClassNotFoundException e) {
            build(loader);
            return Way.BRIDGE;
        }
    }

    private void build(ClassLoader loader) {
        define(loader, LoopFrame.class, BridgeCode.emptyInterface(Type.getInternalName(LoopFrame.class)));
        for (Class<?> called : called()) {
            Map<String, MethodHandle> handles = handles(called);
            byte[] bridge = BridgeCode.forwarding(Type.getInternalName(called), handles);
            MethodHandle[] all = handles.values().toArray(MethodHandle[]::new);
            System.getProperties().put(BridgeCode.HANDLES, all); // the one place that all class loaders see
            try {
                Unsafe.getUnsafe().ensureClassInitialized(define(loader, called, bridge));
            } finally {
                System.getProperties().remove(BridgeCode.HANDLES);
            }
        }
        bridged.add(loader);
    }

    private static List<Class<?>> called() {
        List<Class<?>> classes = new ArrayList<>();
        try {
            for (String name : CALLED) {
                classes.add(Class.forName(name));
            }
            return classes;
        } catch (ClassNotFoundException e) {
            throw new LinkageError("belay.jar is incomplete", e);
        }
    }

    private static Class<?> define(ClassLoader loader, Class<?> original, byte[] bridge) {
        return Unsafe.getUnsafe()
                .defineClass(original.getName(), bridge, 0, bridge.length, loader, original.getProtectionDomain());
    }

    /** Returns how to call each public static method, and how to read each public static field. */
    private static Map<String, MethodHandle> handles(Class<?> called) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Map<String, MethodHandle> handles = new LinkedHashMap<>();
        try {
            for (Method m : called.getMethods()) {
                if (Modifier.isStatic(m.getModifiers()) && hasJdkTypes(m)) {
                    handles.put(m.getName() + Type.getMethodDescriptor(m), lookup.unreflect(m));
                }
            }
            for (Field f : called.getFields()) {
                handles.put(f.getName() + "()" + Type.getDescriptor(f.getType()), lookup.unreflectGetter(f));
            }
        } catch (IllegalAccessException e) {
            throw new LinkageError(called.getName() + " must be public", e);
        }
        return handles;
    }

    private static boolean hasJdkTypes(Method m) {
        return Arrays.stream(m.getParameterTypes()).noneMatch(t -> t.getName().startsWith("dev.belay."));
    }
}
