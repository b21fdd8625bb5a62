package killtest.premain;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import killtest.observer.Setup;

/** Started before Belay's agent; everything else is on the boot class path, so that it is no part of the program. */
public final class PreMain {

    private PreMain() {}

    public static void premain(String arguments, Instrumentation instrumentation) throws IOException {
        Setup.install(arguments, instrumentation);
    }
}
