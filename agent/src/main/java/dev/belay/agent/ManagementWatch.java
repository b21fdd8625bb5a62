package dev.belay.agent;

import dev.belay.engine.telemetry.Management;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits for the JVM's first MBean server without asking for one. Changes no class. */
final class ManagementWatch implements ClassFileTransformer {

    private final Instrumentation instrumentation;
    private final Runnable comes;
    private final AtomicBoolean told = new AtomicBoolean();

    private ManagementWatch(Instrumentation instrumentation, Runnable comes) {
        this.instrumentation = instrumentation;
        this.comes = comes;
    }

    /** @param comes MUST return at once: it may be called by whoever makes the server */
    static void begin(Instrumentation instrumentation, Runnable comes) {
        ManagementWatch watch = new ManagementWatch(instrumentation, comes);
        instrumentation.addTransformer(watch, false);
        String name = Management.FIRST_SIGN.replace('/', '.');
        if (Arrays.stream(instrumentation.getAllLoadedClasses())
                .anyMatch(c -> c.getName().equals(name))) {
            watch.tell();
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (Management.FIRST_SIGN.equals(name)) {
            tell();
        }
        return null;
    }

    private void tell() {
        if (told.compareAndSet(false, true)) {
            instrumentation.removeTransformer(this);
            comes.run();
        }
    }
}
