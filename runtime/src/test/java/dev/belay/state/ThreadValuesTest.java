package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Threads.Holder;
import program.Threads.Worker;

/** The training thread's values of the program's thread locals, and its part of ThreadLocalRandom, are state. */
class ThreadValuesTest {

    private static final long SEED = 20261125;

    @TempDir
    Path directory;

    private static HeapCapture begin(Object... locals) {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
        int[] numbers = new int[locals.length];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("local" + i);
            numbers[i] = capture.local("Test.run/local" + i, locals[i]);
        }
        capture.frame(new FrameImage("a/Test#run()V", "hash", 0, 1, names, numbers, List.of()));
        return capture;
    }

    private static Snapshot capture(Object... locals) {
        HeapCapture capture = begin(locals);
        capture.threadLocals(List.of());
        return capture.finish();
    }

    private SavedState saved(Snapshot snapshot) throws IOException {
        Checkpoints.write(snapshot, directory);
        return SavedState.open(directory);
    }

    private Object[] restore(Snapshot snapshot, Object... fresh) throws IOException {
        SavedState state = saved(snapshot);
        return state.restore(Checkpoints.policy(), getClass().getClassLoader())
                .resume(state.frames().get(0), fresh, Map.of());
    }

    private static List<Long> draws(Supplier<Random> random) {
        return List.of(random.get().nextLong(), random.get().nextLong());
    }

    @Test
    void a_generator_goes_on_where_it_was() throws IOException {
        Supplier<ThreadLocal<Random>> program = () -> ThreadLocal.withInitial(() -> new Random(SEED));
        ThreadLocal<Random> old = program.get();
        draws(old::get);
        Snapshot snapshot = capture(old);
        List<Long> expected = draws(old::get);

        ThreadLocal<Random> fresh = program.get();
        assertThat(draws(fresh::get)).as("the fresh one starts anew").isNotEqualTo(expected);
        Object[] restored = restore(snapshot, fresh);

        assertThat(restored[0]).isSameAs(fresh);
        assertThat(draws(fresh::get)).isEqualTo(expected);
    }

    @Test
    void a_value_that_the_fresh_program_has_keeps_its_identity() throws IOException {
        ThreadLocal<double[]> local = new ThreadLocal<>();
        local.set(new double[] {1, 2});
        Snapshot snapshot = capture(local);
        double[] fresh = {0, 0};
        local.set(fresh);

        restore(snapshot, local);

        assertThat(local.get()).isSameAs(fresh).containsExactly(1, 2);
    }

    @Test
    void what_was_not_set_is_not_set_afterwards() throws IOException {
        ThreadLocal<Object> local = ThreadLocal.withInitial(Object::new);
        Snapshot snapshot = capture(local);
        Object early = local.get();

        restore(snapshot, local);

        assertThat(local.get()).isNotSameAs(early);
    }

    @Test
    void null_is_a_value() throws IOException {
        ThreadLocal<Object> local = ThreadLocal.withInitial(() -> "initial");
        local.set(null);
        Snapshot snapshot = capture(local);
        local.set("fresh");

        restore(snapshot, local);

        assertThat(local.get()).isNull();
    }

    @Test
    void one_that_the_fresh_program_has_not_made_is_made_with_its_value() throws IOException {
        Holder old = new Holder();
        old.local = new ThreadLocal<>();
        old.local.set(List.of("a", 1));
        Holder fresh = new Holder();

        restore(capture(old), fresh);

        assertThat(fresh.local).isNotSameAs(old.local);
        assertThat(fresh.local.get()).isEqualTo(List.of("a", 1));
        fresh.local.set("works");
        assertThat(fresh.local.get()).isEqualTo("works");
        fresh.local.remove();
        assertThat(fresh.local.get()).isNull();
    }

    @Test
    void inheritable_ones_are_saved_too() throws IOException {
        ThreadLocal<Object> local = new InheritableThreadLocal<>();
        local.set("saved");
        Snapshot snapshot = capture(local);
        local.remove();

        restore(snapshot, local);

        assertThat(local.get()).isEqualTo("saved");
    }

    @Test
    void a_value_may_lead_to_another_thread_local() throws IOException {
        ThreadLocal<Holder> first = new ThreadLocal<>();
        first.set(new Holder());
        first.get().local = new ThreadLocal<>();
        first.get().local.set("deep");
        Snapshot snapshot = capture(first);
        Holder fresh = new Holder();
        fresh.local = new ThreadLocal<>();
        fresh.local.set("fresh");
        ThreadLocal<Object> freshLocal = fresh.local;
        first.set(fresh);

        restore(snapshot, first);

        assertThat(first.get()).isSameAs(fresh);
        assertThat(first.get().local).isSameAs(freshLocal);
        assertThat(freshLocal.get()).isEqualTo("deep");
    }

    @Test
    void a_soft_reference_is_a_cache_and_stays() throws IOException {
        ThreadLocal<SoftReference<Object>> local = new ThreadLocal<>();
        local.set(new SoftReference<>("old"));
        Snapshot snapshot = capture(local);
        SoftReference<Object> fresh = new SoftReference<>("fresh");
        local.set(fresh);

        restore(snapshot, local);

        assertThat(local.get()).isSameAs(fresh);
    }

    @Test
    void a_value_of_another_thread_is_refused_with_both_names() throws InterruptedException {
        ThreadLocal<Object> local = new ThreadLocal<>();
        CountDownLatch set = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread other = new Thread(
                () -> {
                    local.set("lost");
                    set.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "worker");
        other.start();
        set.await();
        Collection<Thread> others = List.of(other);

        HeapCapture refused = begin(local);
        assertThatThrownBy(() -> refused.threadLocals(others))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Test.run/local0: thread 'worker' has a value of this thread local")
                .hasMessageContaining("'" + Thread.currentThread().getName() + "'");
        HeapCapture unset = begin(new ThreadLocal<>());
        unset.threadLocals(others);

        end.countDown();
        other.join();
    }

    @Test
    void a_thread_local_random_goes_on_where_it_was() throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HeapCapture capture = begin(random);
        JdkRandom.capture(capture.sink());
        Snapshot snapshot = capture.finish();
        List<Long> expected = draws(ThreadLocalRandom::current);
        SavedState state = saved(snapshot);

        assertThat(draws(ThreadLocalRandom::current)).isNotEqualTo(expected);
        JdkRandom.restore(state);
        assertThat(draws(ThreadLocalRandom::current)).isEqualTo(expected);

        Object[] locals = state.restore(Checkpoints.policy(), getClass().getClassLoader())
                .resume(state.frames().get(0), new Object[] {null}, Map.of());
        assertThat(locals[0]).isSameAs(random);
    }

    @Test
    void fields_of_a_thread_of_the_programs_own_are_state() throws IOException {
        Worker old = new Worker();
        old.weights[1] = 7;
        old.last = "last";
        Worker fresh = new Worker();

        Object[] restored = restore(capture(old), fresh);

        assertThat(restored[0]).isSameAs(fresh);
        assertThat(fresh.weights).containsExactly(1, 7);
        assertThat(fresh.last).isEqualTo("last");
    }
}
