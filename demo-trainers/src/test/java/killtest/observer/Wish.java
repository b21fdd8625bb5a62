package killtest.observer;

/**
 * What the parent wants to happen in one life.
 *
 * @param stage where
 * @param occurrence which entry of the stage in this life, from 1; for {@link Stage#STEP} the job's step
 * @param hold what happens there
 * @param job the job's numbers
 */
public record Wish(Stage stage, long occurrence, Hold hold, Job job) {

    /**
     * What the observer has to know of the job.
     *
     * @param totalSteps its last step
     * @param saveSteps steps between checkpoints
     * @param stepMillis how long each step is made to last at least
     */
    public record Job(long totalSteps, long saveSteps, long stepMillis) {}

    private static final String SEPARATOR = ";";

    /** Returns the wish as one word of a command line. */
    public String text() {
        return String.join(
                SEPARATOR,
                stage.name(),
                Long.toString(occurrence),
                hold.name(),
                Long.toString(job.totalSteps()),
                Long.toString(job.saveSteps()),
                Long.toString(job.stepMillis()));
    }

    static Wish parse(String text) {
        String[] words = text.split(SEPARATOR);
        return new Wish(
                Stage.valueOf(words[0]),
                Long.parseLong(words[1]),
                Hold.valueOf(words[2]),
                new Job(Long.parseLong(words[3]), Long.parseLong(words[4]), Long.parseLong(words[5])));
    }
}
