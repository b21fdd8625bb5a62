package dev.belay.engine.telemetry;

/** What {@code dev.belay:type=Training} tells of the attempt that runs, and what it can be asked for. */
public interface TrainingMXBean {

    /** Returns the program's main class. */
    String getMainClass();

    /** Returns where checkpoints go. */
    String getOutputDir();

    /** Returns the steps of the job, over all its attempts. */
    long getStep();

    /** Returns the step of the newest checkpoint that this attempt has made or gone on from; -1 if there is none. */
    long getLastSavedStep();

    /** Returns the step that this attempt went on from; -1 if it started anew. */
    long getResumedStep();

    /** Returns whether a checkpoint is being written. */
    boolean isCheckpointInFlight();

    /** Returns why nothing is saved any more; empty while checkpoints are made. */
    String getRefusal();

    /** Returns how many checkpoints this attempt has committed. */
    long getCheckpointCount();

    /** Returns how many times a checkpoint that was due could not be made, or had to wait. */
    long getSkippedCount();

    /** Returns how many checkpoints were found to be damaged when this attempt began. */
    long getDamagedCount();

    /** Returns the bytes that this attempt has written in checkpoints. */
    long getBytesWritten();

    /** Returns how long the program stood still for this attempt's checkpoints, in ms. */
    double getTotalStallMillis();

    /** Returns how long the program stood still for the last checkpoint, in ms; -1 before the first one. */
    double getLastStallMillis();

    /** Returns how long the last checkpoint's files took to be written, in ms; -1 before the first one. */
    double getLastWriteMillis();

    /**
     * Makes a checkpoint due: it is taken at the next place where the program can be saved. Returns without waiting for
     * it, what will happen in words.
     */
    String checkpointNow();
}
