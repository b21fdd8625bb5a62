package killtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.StageMap;
import killtest.observer.Wish;

/**
 * One life of a program that was to be killed in a stage, and what was seen of it.
 *
 * @param kill what was wanted
 * @param outcome what is left
 * @param map what the observer noted, still readable after the death
 */
record ObservedLife(Kill kill, Outcome outcome, StageMap map) {

    private static final long POLL_NANOS = 50_000;

    /** Runs a life: starts the command, waits for the stage, kills. */
    static ObservedLife run(Command command, Path directory, Kill kill, Wish.Job job, String... belay) {
        Path file = freshMap(directory);
        StageMap map = open(file);
        Wish wish = new Wish(kill.stage(), kill.occurrence(), kill.hold(), job);
        try (Fork fork = Fork.start(command.with(ObserverJar.flag(file, wish)).belay(belay), directory)) {
            while (fork.alive() && !map.hit()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            if (map.hit()) {
                pause(kill.delayMicros());
            }
            return new ObservedLife(kill, fork.kill(), map);
        }
    }

    /** Runs to the end with the observer, whose slower steps give every due checkpoint the time to be written. */
    static Outcome unkilled(Command command, Path directory, Wish.Job job, String... belay) {
        Path file = freshMap(directory);
        Wish nothing = new Wish(Stage.STEP, Long.MAX_VALUE, Hold.NONE, job);
        return Fork.run(command.with(ObserverJar.flag(file, nothing)).belay(belay), directory);
    }

    private static void pause(long micros) {
        long end = System.nanoTime() + micros * 1_000;
        for (long left = micros * 1_000; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Returns whether it died by the signal, in the wanted occurrence of the wanted stage. */
    boolean killedWhereWanted() {
        Stage stage = kill.stage();
        boolean thisOne = stage == Stage.STEP
                ? map.jobStep() == kill.occurrence()
                : map.entered(stage) >= kill.occurrence() && map.exited(stage) < kill.occurrence();
        return outcome.exit() == Fork.KILLED && map.hit() && map.isIn(stage) && thisOne;
    }

    /** Returns whether the stage came at all. */
    boolean reached() {
        return map.hit();
    }

    static Path freshMap(Path directory) {
        try {
            Files.createDirectories(directory);
            Path maps = Files.createDirectories(directory.resolveSibling(directory.getFileName() + ".maps"));
            return Files.createTempFile(maps, "life", ".map");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StageMap open(Path file) {
        try {
            return StageMap.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return kill + " in step " + map.jobStep() + "\n" + outcome;
    }
}
