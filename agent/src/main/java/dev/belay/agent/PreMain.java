package dev.belay.agent;

import java.lang.instrument.Instrumentation;
import java.util.Optional;

/** What the JVM calls for {@code -javaagent:belay.jar=options}. */
public final class PreMain {

    private PreMain() {}

    /** Installs Belay; the program's main starts afterwards. */
    public static void premain(String options, Instrumentation instrumentation) {
        Optional<MainProgram> program = MainProgram.running();
        if (program.isPresent()) {
            JdkInternals.open(instrumentation);
            Installation.install(options, program.get(), instrumentation);
        } else if (MavenProgram.mayRun()) {
            instrumentation.addTransformer(new MavenProgram(options, instrumentation), false);
        }
    }
}
