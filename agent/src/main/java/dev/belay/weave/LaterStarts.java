package dev.belay.weave;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiPredicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Tells where a program begins that a launcher starts from a class loader of its own: with the class that the launcher is
 * known to start, or else with the first class that such a loader defines, and with the first of its classes that has a main.
 */
public final class LaterStarts {

    private static final String MAIN = "([Ljava/lang/String;)V";

    private static final String INSTRUMENTATION = "sun.instrument.InstrumentationImpl";

    private enum Seen {
        FIRST,
        MAIN
    }

    private final BiPredicate<ClassLoader, String> known;
    private final Map<ClassLoader, Seen> seen = new WeakHashMap<>();
    private ClassLoader expectedFrom;
    private boolean expected;

    private LaterStarts(BiPredicate<ClassLoader, String> known, boolean expected) {
        this.known = known;
        this.expected = expected;
    }

    /** Any loader of the program may start something. */
    public static LaterStarts anywhere() {
        return new LaterStarts((loader, name) -> false, false);
    }

    /**
     * A known class is started, and nothing before it is the program's.
     *
     * @param known whether it is this one, by loader and internal name
     */
    public static LaterStarts with(BiPredicate<ClassLoader, String> known) {
        return new LaterStarts(known, true);
    }

    /** Returns whether a class that is being defined is where a program starts. */
    synchronized boolean startsWith(ClassLoader loader, String name, byte[] classFile) {
        if (isJdks(loader) || Jdk.owns(name) || name.startsWith("dev/belay/") || seen.get(loader) == Seen.MAIN) {
            return false;
        } else if (expected) {
            boolean found = known.test(loader, name);
            if (found) {
                expected = false;
                expectedFrom = loader;
                seen.put(loader, Seen.MAIN);
            }
            return found;
        } else if (expectedFrom != null && !isBelow(loader)) {
            return false;
        }
        boolean main = hasMain(classFile);
        boolean first = !seen.containsKey(loader);
        if ((main || first) && isForAgent()) {
            return false;
        }
        seen.put(loader, main ? Seen.MAIN : Seen.FIRST);
        return main || first;
    }

    /** Other agents make class loaders, too: when they start, and to look at a class that another class loader defines. */
    private static boolean isForAgent() {
        long calls = StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> f.getClassName().equals(INSTRUMENTATION))
                        .map(StackWalker.StackFrame::getMethodName)
                        .mapToLong(m -> m.equals("transform") ? 1 : m.equals("loadClassAndStartAgent") ? 2 : 0)
                        .sum());
        return calls > 1; // one asks us
    }

    private boolean isBelow(ClassLoader loader) {
        ClassLoader l = loader.getParent();
        while (l != null && l != expectedFrom) {
            l = l.getParent();
        }
        return l != null;
    }

    private static boolean isJdks(ClassLoader loader) {
        return loader == ClassLoader.getSystemClassLoader()
                || loader == ClassLoader.getPlatformClassLoader()
                || loader.getClass().getName().startsWith("jdk.internal.reflect.")
                || loader.getClass().getName().startsWith("sun.reflect.")
                || loader.getClass().getName().startsWith("dev.belay.");
    }

    private static boolean hasMain(byte[] classFile) {
        boolean[] found = {false};
        try {
            new ClassReader(classFile)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String descriptor, String signature, String[] thrown) {
                                    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
                                    found[0] |= isStatic && name.equals("main") && descriptor.equals(MAIN);
                                    return null;
                                }
                            },
                            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // damaged, or of a later Java: the JVM will say so
        }
        return found[0];
    }
}
