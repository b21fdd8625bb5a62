package dev.belay.agent;

import dev.belay.engine.ExitCode;
import dev.belay.engine.JdkAccess;
import dev.belay.engine.Log;
import dev.belay.loop.Points;

/** What must work in this JVM before a program is touched; a failure ends the process with what to do. */
final class SelfTest {

    private SelfTest() {}

    static void check(Log log) {
        try {
            if (ClassLoader.getSystemClassLoader().loadClass(Points.class.getName()) != Points.class) {
                fail(log, "programs see another copy of Belay's classes; leave one belay.jar on the class path");
            }
        } catch (ClassNotFoundException e) {
            fail(log, "programs do not see Belay's classes; start it with -javaagent:belay.jar");
        }
        JdkAccess.problem()
                .ifPresent(problem -> fail(
                        log,
                        "this JDK (" + System.getProperty("java.vm.version") + ") hides what Belay needs: " + problem
                                + "; use a JDK from 17 to 25"));
    }

    private static void fail(Log log, String why) {
        log.error("self-test failed: " + why);
        ExitCode.USAGE.end();
    }
}
