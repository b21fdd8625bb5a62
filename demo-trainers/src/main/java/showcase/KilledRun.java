package showcase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import showcase.TrainingProcess.Kill;

/**
 * Starts one command over and over and kills it at random moments, until it ends by itself. A kill counts when the next
 * life went on at a step above 0; there is one in each of as many equal parts of the training as kills are wanted, and
 * one that does not count is repeated.
 */
final class KilledRun {

    private static final Pattern COMPLAINT = Pattern.compile("\\[belay [^]]*] (WARN|ERROR) .*");
    private static final int FRUITLESS_LIVES = 5;
    private static final double SHARE_WITH_KILLS = 0.9;
    private static final int LONGEST_WAIT_MILLIS = 40;

    private final TrainingProcess command;
    private final int kills;
    private final int allSteps;
    private final Random random;
    private final Screen screen;
    private final List<Life> lives = new ArrayList<>();

    /** @param allSteps steps of the whole training */
    KilledRun(TrainingProcess command, int kills, int allSteps, Random random, Screen screen) {
        this.command = command;
        this.kills = kills;
        this.allSteps = allSteps;
        this.random = random;
        this.screen = screen;
    }

    /**
     * Runs all lives.
     *
     * @throws Failure if a life failed, or did not go on where it could have
     */
    List<Life> run(Path logs) throws IOException, InterruptedException {
        int counted = 0;
        int repeated = 0;
        boolean anythingCommitted = false;
        while (true) {
            int number = lives.size() + 1;
            int killsSoFar = number - 1;
            Path log = logs.resolve("life-" + number + ".log");
            // a life that follows a kill makes that kill count, if it is resumed
            int window = anythingCommitted ? counted + 1 : counted;
            Kill kill = window < kills ? draw(window) : Kill.NEVER;
            Life life = command.run(
                    log,
                    kill,
                    seen -> screen.progress("with Belay: step " + seen.lastStep() + " of " + allSteps + ", life "
                            + number + ", kills " + killsSoFar));
            lives.add(life);
            if (anythingCommitted && life.resumedStep() == 0) {
                throw new Failure("a checkpoint was committed, but life " + number + " was not resumed; it said last: "
                        + lastWord(log) + "; see " + log);
            }
            counted = window;
            anythingCommitted |= life.lastCommitted() > 0;
            if (!life.killed()) {
                end(life, log, counted);
                return lives;
            }
            repeated = anythingCommitted ? 0 : repeated + 1;
            report(life, anythingCommitted);
            if (repeated == FRUITLESS_LIVES) {
                throw new Failure("no checkpoint was committed in " + repeated + " lives; it said last: "
                        + lastWord(log) + "; see " + log);
            }
        }
    }

    private void end(Life life, Path log, int counted) throws IOException {
        if (life.exitCode() != 0 || life.finalLine().isEmpty()) {
            throw new Failure("life " + lives.size() + " ended by itself with exit code " + life.exitCode()
                    + (life.finalLine().isEmpty() ? " and without a FINAL line" : "") + "; it said last: "
                    + lastWord(log) + "; see " + log);
        }
        if (counted < kills) {
            throw new Failure("the training was over before kill " + (counted + 1) + "; see " + log);
        }
    }

    private void report(Life life, boolean counts) {
        screen.say("  SIGKILL at step " + life.lastStep() + ": life " + lives.size()
                + (life.resumedStep() > 0 ? ", resumed at step " + life.resumedStep() + "," : "") + " had lasted "
                + LifeTable.seconds(life.length())
                + (counts ? "" : "; no checkpoint was committed yet, so this kill does not count"));
    }

    /** Returns Belay's last complaint; the last line where it had none. */
    private static String lastWord(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> complaints =
                lines.stream().filter(l -> COMPLAINT.matcher(l).matches()).toList();
        List<String> words = complaints.isEmpty() ? lines : complaints;
        return words.isEmpty() ? "nothing" : words.get(words.size() - 1);
    }

    private Kill draw(int window) {
        double share = SHARE_WITH_KILLS * (window + random.nextDouble()) / kills;
        return new Kill(Math.max(1, (int) (share * allSteps)), Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS)));
    }
}
