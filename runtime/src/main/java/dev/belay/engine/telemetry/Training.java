package dev.belay.engine.telemetry;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The MXBean. Named only where the module java.management is there. */
final class Training implements TrainingMXBean {

    private static final String NAME = "dev.belay:type=Training";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long NONE = -1;

    private final Telemetry telemetry;
    private final String mainClass;
    private final String outputDir;

    Training(Telemetry telemetry, String mainClass, String outputDir) {
        this.telemetry = telemetry;
        this.mainClass = mainClass;
        this.outputDir = outputDir;
    }

    void register() throws JMException {
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    }

    @Override
    public String getMainClass() {
        return mainClass;
    }

    @Override
    public String getOutputDir() {
        return outputDir;
    }

    @Override
    public long getStep() {
        return telemetry.step();
    }

    @Override
    public long getLastSavedStep() {
        return telemetry.savedStep().orElse(NONE);
    }

    @Override
    public long getResumedStep() {
        return telemetry.resumedStep().orElse(NONE);
    }

    @Override
    public boolean isCheckpointInFlight() {
        return telemetry.inFlight();
    }

    @Override
    public String getRefusal() {
        return telemetry.refusal();
    }

    @Override
    public long getCheckpointCount() {
        return telemetry.checkpoints();
    }

    @Override
    public long getSkippedCount() {
        return telemetry.skippedCount();
    }

    @Override
    public long getDamagedCount() {
        return telemetry.damagedCount();
    }

    @Override
    public long getBytesWritten() {
        return telemetry.bytes();
    }

    @Override
    public double getTotalStallMillis() {
        return telemetry.stallNanos() / NANOS_PER_MILLI;
    }

    @Override
    public double getLastStallMillis() {
        return telemetry.last().map(s -> s.stallNanos() / NANOS_PER_MILLI).orElse((double) NONE);
    }

    @Override
    public double getLastWriteMillis() {
        return telemetry.last().map(s -> s.writeNanos() / NANOS_PER_MILLI).orElse((double) NONE);
    }

    @Override
    public String checkpointNow() {
        if (!telemetry.refusal().isEmpty()) {
            return "nothing is saved any more: " + telemetry.refusal();
        }
        telemetry.ask();
        return "due after step " + telemetry.step() + ", at the next place where the program can be saved";
    }
}
