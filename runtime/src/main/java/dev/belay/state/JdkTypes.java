package dev.belay.state;

import java.util.List;

/** What is known of the JDK's own classes: which are plain data, which are harmless live objects, which are refused. */
final class JdkTypes {

    /** Live objects that hold no training state: the fresh program's own stays. */
    private static final List<Class<?>> LIVE = List.of(
            Thread.class,
            ThreadGroup.class,
            ClassLoader.class,
            Module.class,
            Runtime.class,
            ProcessHandle.class,
            java.lang.invoke.MethodHandle.class,
            java.lang.invoke.VarHandle.class,
            java.util.concurrent.atomic.AtomicIntegerFieldUpdater.class,
            java.util.concurrent.atomic.AtomicLongFieldUpdater.class,
            java.util.concurrent.atomic.AtomicReferenceFieldUpdater.class,
            java.lang.reflect.AccessibleObject.class,
            java.lang.reflect.Type.class,
            java.util.concurrent.Executor.class,
            java.util.concurrent.locks.Lock.class,
            java.util.concurrent.locks.ReadWriteLock.class,
            java.util.concurrent.locks.AbstractOwnableSynchronizer.class,
            java.util.concurrent.ThreadFactory.class,
            java.text.Format.class,
            java.util.regex.Pattern.class,
            java.util.TimeZone.class,
            java.time.Clock.class,
            java.time.format.DateTimeFormatter.class,
            java.util.random.RandomGeneratorFactory.class,
            java.util.ResourceBundle.class,
            java.nio.file.FileSystem.class,
            java.security.SecureRandom.class,
            java.security.Provider.class);

    /** The one algorithm of a SecureRandom whose numbers a program's seed decides. */
    private static final String SEEDED = "SHA1PRNG";

    /** Packages of live objects that hold no training state. */
    private static final List<String> LIVE_PACKAGES = List.of(
            "java.awt.",
            "javax.swing.",
            "java.beans.",
            "javax.management.",
            "sun.management.",
            "com.sun.management.",
            "java.lang.module.",
            "java.net.Authenticator",
            "java.net.CookieHandler",
            "java.net.CookieManager",
            "java.net.Inet",
            "java.net.NetworkInterface",
            "java.net.Proxy",
            "java.net.URLStreamHandler",
            "java.util.logging.",
            "java.util.prefs.",
            "java.security.AccessControlContext",
            "java.security.CodeSource",
            "java.security.ProtectionDomain");

    private static final List<String> PLAIN_ALL_THE_SAME = List.of(
            "java.util.stream.Streams$RangeIntSpliterator",
            "java.util.stream.Streams$RangeLongSpliterator",
            "java.util.zip.CRC32",
            "java.util.zip.CRC32C",
            "java.util.zip.Adler32");

    private static final List<String> PLAIN = List.of(
            "java.util.",
            "java.time.",
            "java.math.",
            "jdk.random.",
            "jdk.internal.random.",
            "jdk.internal.util.random.",
            "java.lang.Record",
            "java.lang.Number",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer",
            "java.lang.StackTraceElement",
            "java.lang.ThreadLocal",
            "java.lang.InheritableThreadLocal",
            "java.security.MessageDigest",
            "java.security.SecureRandom",
            "sun.security.provider.DigestBase",
            "sun.security.provider.MD",
            "sun.security.provider.SHA",
            "sun.security.provider.SecureRandom",
            "java.io.ByteArrayOutputStream",
            "java.io.CharArrayWriter",
            "java.io.StringWriter");

    private static final List<String> NOT_PLAIN = List.of(
            "java.util.Timer",
            "java.util.Scanner",
            "java.util.Formatter",
            "java.util.WeakHashMap",
            "java.util.ServiceLoader",
            "java.util.zip.",
            "java.util.jar.",
            "java.util.logging.",
            "java.util.prefs.",
            "java.util.stream.",
            "java.util.regex.",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.ForkJoin",
            "java.util.concurrent.Exchanger",
            "java.util.concurrent.Phaser",
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.CyclicBarrier",
            "java.util.concurrent.SynchronousQueue",
            "java.util.concurrent.ThreadLocalRandom");

    private JdkTypes() {}

    /**
     * Treats an object that is no value, array, enum or class.
     *
     * @param type its class, or the first superclass that belongs to the JDK
     */
    static Treatment of(Object object, Class<?> type) {
        String name = type.getName();
        if (object == System.out || object == System.err || object == System.in) {
            return Treatment.of(Treatment.Kind.RESOURCE);
        }
        if (object instanceof java.security.SecureRandom r && r.getAlgorithm().equals(SEEDED)) {
            return Treatment.of(Treatment.Kind.PLAIN);
        }
        if (LIVE_PACKAGES.stream().anyMatch(name::startsWith) || LIVE.stream().anyMatch(c -> c.isInstance(object))) {
            return Treatment.of(Treatment.Kind.RESOURCE);
        }
        if (Frozen.isSalted(name)) {
            return Treatment.of(Treatment.Kind.IMMUTABLE);
        }
        if (mayMake(type)) {
            return Treatment.of(Treatment.Kind.PLAIN);
        }
        return Treatment.refused("Belay does not know whether a " + name
                + " holds state; make it unreachable at the loop's head (a local of the loop's body is fine)");
    }

    /** Returns whether a class of the JDK is plain data, so that objects of it and of its subclasses may be made. */
    static boolean mayMake(Class<?> type) {
        return type == Object.class || Throwable.class.isAssignableFrom(type) || isPlain(type.getName());
    }

    /** Returns whether an object is, or may be, connected with something outside of the heap. */
    static boolean isStream(Object object) {
        if (object == System.out || object == System.err || object == System.in || isPlainStream(object)) {
            return false;
        }
        return object instanceof java.io.InputStream
                || object instanceof java.io.OutputStream
                || object instanceof java.io.Reader
                || object instanceof java.io.Writer
                || object instanceof java.io.RandomAccessFile
                || object instanceof java.nio.channels.Channel;
    }

    private static boolean isPlainStream(Object object) {
        return object instanceof java.io.ByteArrayOutputStream
                || object instanceof java.io.CharArrayWriter
                || object instanceof java.io.StringWriter;
    }

    private static boolean isPlain(String name) {
        return PLAIN.stream().anyMatch(name::startsWith)
                && (NOT_PLAIN.stream().noneMatch(name::startsWith) || PLAIN_ALL_THE_SAME.contains(name));
    }
}
