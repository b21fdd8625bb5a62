package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.loop.ProgramClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code that asks the system for the time gets the program's clock, however it asks. */
class ClockWeaverTest {

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** What the weaver is tried on. */
    public static final class Reader implements Supplier<long[]> {

        @Override
        public long[] get() {
            LongSupplier nanos = System::nanoTime;
            LongSupplier millis = System::currentTimeMillis;
            Supplier<Instant> now = Instant::now;
            return new long[] {
                System.nanoTime(),
                nanos.getAsLong(),
                System.currentTimeMillis(),
                millis.getAsLong(),
                Instant.now().toEpochMilli(),
                now.get().toEpochMilli()
            };
        }
    }

    /** Has methods of the same names, and reads no time. */
    public static final class OwnClock {
        public static long nanoTime() {
            return 1;
        }

        public static long twice() {
            return 2 * nanoTime();
        }
    }

    private static final class OneClass extends ClassLoader {

        private final byte[] classFile;

        OneClass(byte[] classFile) {
            super(ClockWeaverTest.class.getClassLoader());
            this.classFile = classFile;
        }

        Class<?> load() {
            return defineClass(null, classFile, 0, classFile.length);
        }
    }

    @AfterEach
    void real() {
        ProgramClock.begin(System.nanoTime(), System.currentTimeMillis());
    }

    private static byte[] classFile(Class<?> type) {
        return LoopFinder.classFile(type);
    }

    @Test
    void calls_and_method_references_read_the_programs_clock() throws ReflectiveOperationException {
        ProgramClock.begin(-DAY_NANOS, DAY_MILLIS);
        Object woven = new OneClass(ClockWeaver.weave(classFile(Reader.class)))
                .load()
                .getConstructor()
                .newInstance();
        long[] times = (long[]) ((Supplier<?>) woven).get();
        assertThat(times).hasSize(6);
        assertThat(times[0]).isBetween(-DAY_NANOS, 0L);
        assertThat(times[1]).isBetween(-DAY_NANOS, 0L);
        for (int i = 2; i < times.length; i++) {
            assertThat(times[i]).as("reading %d", i).isBetween(DAY_MILLIS, 2 * DAY_MILLIS);
        }
        assertThat(new Reader().get()[2]).as("what is not woven").isGreaterThan(2 * DAY_MILLIS);
    }

    @Test
    void methods_of_that_name_in_other_classes_are_left_alone() throws ReflectiveOperationException {
        byte[] classFile = classFile(OwnClock.class);
        assertThat(ClockWeaver.mayRead(ClassSketch.read(classFile)))
                .as("by name")
                .isTrue();
        Object twice = new OneClass(ClockWeaver.weave(classFile))
                .load()
                .getMethod("twice")
                .invoke(null);
        assertThat(twice).isEqualTo(2L);
    }

    @Test
    void a_class_that_reads_no_time_is_not_woven() {
        assertThat(ClockWeaver.mayRead(ClassSketch.read(classFile(Reader.class))))
                .isTrue();
        assertThat(ClockWeaver.mayRead(ClassSketch.read(classFile(ClassSketch.class))))
                .isFalse();
    }
}
