package killtest.observer;

/** What happens to a thread that comes to the wanted occurrence of a stage. */
public enum Hold {
    /** It waits at the stage's beginning until it is killed or released. */
    ENTRY,
    /** It goes on; the kill comes at a random moment while it works. */
    NONE,
    /** It waits at the stage's end, all of its work done, until it is killed or released. */
    EXIT,
    /**
     * A writer waits at the stage's beginning until a validation pass is under way, whose next batches wait until the
     * writer is done: so a checkpoint that is due meanwhile can be taken during that pass.
     */
    UNTIL_VALIDATION
}
