package killtest.observer;

/** Where a run with Belay can be killed. */
public enum Stage {
    /** From the first agent to the entry of the program's main. */
    START_UP,
    /** From the entry of this life's first step to the entry of its second: the trial save belongs to it. */
    FIRST_STEP,
    /** From the entry of one step to the entry of the next; the n-th is the job's step n, over all lives. */
    STEP,
    /** A snapshot is being taken. */
    CAPTURE,
    /** One file of a checkpoint is being written. */
    WRITE,
    /** The manifest is written, the directory renamed and the commit logged. */
    COMMIT,
    /** A record of the commit log is being linked. */
    LOG,
    /** A validation pass, or one batch of it. */
    VALIDATION,
    /** From the entry of the job's last step to the end of training. */
    LAST_STEP,
    /** The loops are done, the result is being computed and printed. */
    RESULT,
    /** main has returned, shutdown hooks run. */
    SHUTDOWN,
    /** Retention deletes a checkpoint. */
    DELETE
}
