package dev.belay.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;

/**
 * Waits in the JVM of a Maven build for the program that {@code exec:java} starts in it, and installs Belay for that: the
 * plugin runs a main class in a thread that it names after it. Maven itself is left alone.
 */
final class MavenProgram implements ClassFileTransformer {

    private static final String MAVEN = "org.codehaus.plexus.classworlds.launcher.Launcher";
    private static final String THREAD_OF = ".main()";

    private final String options;
    private final Instrumentation instrumentation;
    private boolean found;

    MavenProgram(String options, Instrumentation instrumentation) {
        this.options = options;
        this.instrumentation = instrumentation;
    }

    /** Returns whether this JVM runs Maven. */
    static boolean mayRun() {
        return words().get(0).equals(MAVEN);
    }

    private static List<String> words() {
        return Arrays.asList(System.getProperty("sun.java.command", "").trim().split(" "));
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile)
            throws IllegalClassFormatException {
        if (loader == null || name == null || redefined != null || !isMain(name)) {
            return null;
        }
        synchronized (this) {
            if (found) {
                return null;
            }
            found = true;
        }
        instrumentation.removeTransformer(this);
        JdkInternals.open(instrumentation);
        // the plugin's arguments are among Maven's, or in the project
        List<String> arguments = words().subList(1, words().size());
        MainProgram program =
                new MainProgram(name.replace('/', '.'), List.copyOf(arguments), MainProgram.Begins.BY_NAME);
        ClassFileTransformer weaver = Installation.install(options, program, instrumentation);
        return weaver == null ? null : weaver.transform(loader, name, null, domain, classFile);
    }

    private static boolean isMain(String name) {
        String thread = Thread.currentThread().getName();
        return thread.endsWith(THREAD_OF)
                && thread.length() == name.length() + THREAD_OF.length()
                && thread.startsWith(name.replace('/', '.'));
    }
}
