package showcase;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one line of a training process says. */
sealed interface Output {

    /** The training program finished this step. */
    record Step(int step) implements Output {}

    /** The training program's result. */
    record Final(String line) implements Output {}

    /** Belay committed a checkpoint; the training thread stood still for {@code stallMillis}. */
    record Committed(int step, double stallMillis) implements Output {}

    /** Belay put the program back behind this step. */
    record Resumed(int step) implements Output {}

    /** Anything else. */
    record Other() implements Output {}

    Pattern STEP = Pattern.compile("step (\\d+) loss .*");
    Pattern FINAL = Pattern.compile("FINAL [0-9a-f]{64}");
    Pattern BELAY = Pattern.compile("\\[belay [^]]*] INFO (.*)");
    Pattern COMMITTED = Pattern.compile("checkpoint-(\\d+) committed .*stall ([\\d.]+) ms.*");
    Pattern RESUMED = Pattern.compile("resumed checkpoint-\\d+ at .*, step (\\d+),.*");

    /** Returns what a line of the merged output says. */
    static Output of(String line) {
        Matcher belay = BELAY.matcher(line);
        if (belay.matches()) {
            return ofBelay(belay.group(1));
        }
        Matcher step = STEP.matcher(line);
        if (step.matches()) {
            return new Step(Integer.parseInt(step.group(1)));
        }
        return FINAL.matcher(line).matches() ? new Final(line) : new Other();
    }

    private static Output ofBelay(String message) {
        Matcher committed = COMMITTED.matcher(message);
        if (committed.matches()) {
            return new Committed(Integer.parseInt(committed.group(1)), Double.parseDouble(committed.group(2)));
        }
        Matcher resumed = RESUMED.matcher(message);
        return resumed.matches() ? new Resumed(Integer.parseInt(resumed.group(1))) : new Other();
    }
}
