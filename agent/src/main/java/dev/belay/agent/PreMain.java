package dev.belay.agent;

import java.lang.instrument.Instrumentation;

/** What the JVM calls for {@code -javaagent:belay.jar=options}. */
public final class PreMain {

    private PreMain() {}

    /** Installs Belay; the program's main starts afterwards. */
    public static void premain(String options, Instrumentation instrumentation) {
        MainProgram.running().ifPresent(program -> {
            JdkInternals.open(instrumentation);
            Installation.install(options, program, instrumentation);
        });
    }
}
