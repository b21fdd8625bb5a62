package dev.belay.engine.telemetry;

import java.util.function.Consumer;
import javax.management.JMException;

/**
 * Registers the MXBean once there is a platform MBean server. To make one takes a program some time that does not ask for
 * it, so that Belay waits until somebody else does: a management agent, a client that attaches, or the program.
 */
public final class Management {

    /** A class that is loaded when the first MBean server of a JVM is made, as class files name it. */
    public static final String FIRST_SIGN = "com/sun/jmx/mbeanserver/JmxMBeanServer";

    private final Telemetry telemetry;
    private final String mainClass;
    private final String outputDir;

    public Management(Telemetry telemetry, String mainClass, String outputDir) {
        this.telemetry = telemetry;
        this.mainClass = mainClass;
        this.outputDir = outputDir;
    }

    /**
     * Registers; waits for the server where it is being made.
     *
     * @param failed is told what went wrong
     */
    public void register(Consumer<String> failed) {
        if (!Telemetry.hasManagement()) {
            return;
        }
        try {
            new Training(telemetry, mainClass, outputDir).register();
        } catch (JMException e) {
            failed.accept("the MXBean cannot be registered: " + e);
        }
    }
}
