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
 * 0         8     16         24          32     40         48
 * +---------+-----+----------+-----------+------+----------+----------------------------------+
 * | jobStep | hit | captured | committed | late | released | (entered, exited) for each stage |   all long,
 * +---------+-----+----------+-----------+------+----------+----------------------------------+   little endian
 * </pre>
 */
public final class StageMap {

    private static final int JOB_STEP = 0;
    private static final int HIT = 8;
    private static final int CAPTURED = 16;
    private static final int COMMITTED = 24;
    private static final int LATE = 32;
    private static final int RELEASED = 40;
    private static final int STAGES = 48;
    private static final int SIZE = STAGES + 16 * Stage.values().length;

    private final MappedByteBuffer map;

    private StageMap(MappedByteBuffer map) {
        this.map = map;
    }

    /** Opens the file, and creates it where there is none. */
    public static StageMap open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
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

    /** Returns the step at which the newest snapshot was begun. */
    public long captured() {
        return map.getLong(CAPTURED);
    }

    void captured(long step) {
        map.putLong(CAPTURED, step);
    }

    /** Returns the step of the newest snapshot that became a checkpoint. */
    public long committed() {
        return map.getLong(COMMITTED);
    }

    void committed(long step) {
        map.putLong(COMMITTED, step);
    }

    /** Returns whether a checkpoint was not committed when the next one came due. */
    public boolean late() {
        return map.getLong(LATE) != 0;
    }

    void markLate() {
        map.putLong(LATE, 1);
    }

    /** Lets a thread go on that waits; the one thing that the parent writes. */
    public void release() {
        map.putLong(RELEASED, 1);
    }

    boolean released() {
        return map.getLong(RELEASED) != 0;
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
