package killtest.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Trains, and moves, empties, replaces and makes files in the way that its first argument names. */
public final class Rotating {

    static final int STEPS = 32;

    private final Random random = new Random(3);
    private double weight;

    private Rotating() {}

    public static void main(String[] args) throws IOException {
        Rotating program = new Rotating();
        Way way = of(args[0]);
        way.begin();
        if (Files.exists(Path.of("stop"))) {
            return; // before the loop
        }
        for (int i = 0; i < STEPS; i++) {
            program.step();
            way.line(i, i + "," + program.weight + "\n");
        }
        way.end();
    }

    private void step() {
        weight += random.nextGaussian();
    }

    /** What is done with files, by an object that the loop holds. */
    abstract static class Way {

        void begin() throws IOException {}

        abstract void line(int step, String text) throws IOException;

        void end() throws IOException {}
    }

    private static Way of(String name) {
        return switch (name) {
            case "shifted" -> new MovedFiles.Shifted();
            case "numbered" -> new MovedFiles.Numbered();
            case "emptied" -> new MovedFiles.Emptied();
            case "new" -> new MovedFiles.MadeNew();
            case "best" -> new MovedFiles.Best();
            case "reference" -> new KeptStreams.ByReference();
            case "subclass" -> new KeptStreams.BySubclass();
            case "counting" -> new KeptStreams.Counting(false);
            case "counted" -> new KeptStreams.Counting(true);
            case "temporary" -> new MovedFiles.Temporary();
            case "logging" -> new KeptStreams.Logging();
            case "lazy" -> new KeptStreams.Lazy();
            case "append" -> new KeptStreams.AppendOnly();
            case "mixed" -> new MovedFiles.Mixed();
            case "channel" -> new KeptStreams.ByChannel(StandardOpenOption.TRUNCATE_EXISTING);
            case "appending" -> new KeptStreams.ByChannel(StandardOpenOption.APPEND);
            case "halves" -> new KeptStreams.Halves();
            case "cache" -> new KeptStreams.Cache();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
