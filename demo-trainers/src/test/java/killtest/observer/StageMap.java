package killtest.observer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that the observed JVM writes and the parent reads, mapped by both: what is put into it outlives a SIGKILL.
 *
 * <pre>
 * 0         8     16         24        32
 * +---------+-----+----------+---------+----------------------------------+
 * | jobStep | hit | released | writing | (entered, exited) for each stage |   all long, little endian
 * +---------+-----+----------+---------+----------------------------------+
 * </pre>
 */
public final class StageMap {

    private static final int JOB_STEP = 0;
    private static final int HIT = 8;
    private static final int RELEASED = 16;
    private static final int WRITING = 24;
    private static final int STAGES = 32;
    private static final int SIZE = STAGES + 16 * Stage.values().length;

    private final MappedByteBuffer map;

    private StageMap(MappedByteBuffer map) {
        this.map = map;
    }

    /** Opens the file, and creates it where there is none. */
    public static StageMap open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
            map.order(ByteOrder.LITTLE_ENDIAN);
            return new StageMap(map);
        }
    }

    /** Returns the steps of the job that were begun, over all lives. */
    public long jobStep() {
        return map.getLong(JOB_STEP);
    }

    void jobStep(long step) {
        map.putLong(JOB_STEP, step);
    }

    /** Returns whether the wanted stage was reached. */
    public boolean hit() {
        return map.getLong(HIT) != 0;
    }

    void markHit() {
        map.putLong(HIT, 1);
    }

    /** Lets a thread go on that waits; the one thing that the parent writes. */
    public void release() {
        map.putLong(RELEASED, 1);
    }

    boolean released() {
        return map.getLong(RELEASED) != 0;
    }

    /** Returns whether Belay's writer has a snapshot that it is not done with, retention included. */
    public boolean writing() {
        return map.getLong(WRITING) != 0;
    }

    void writing(boolean begun) {
        map.putLong(WRITING, begun ? 1 : 0);
    }

    /** Returns how often a stage was begun. */
    public long entered(Stage stage) {
        return map.getLong(STAGES + 16 * stage.ordinal());
    }

    /** Returns how often a stage was done. */
    public long exited(Stage stage) {
        return map.getLong(STAGES + 16 * stage.ordinal() + 8);
    }

    /** Returns whether a thread is, or was when the process died, in this stage. */
    public boolean isIn(Stage stage) {
        return entered(stage) > exited(stage);
    }

    void enter(Stage stage) {
        map.putLong(STAGES + 16 * stage.ordinal(), entered(stage) + 1);
    }

    void exit(Stage stage) {
        map.putLong(STAGES + 16 * stage.ordinal() + 8, exited(stage) + 1);
    }
}
