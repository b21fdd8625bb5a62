package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random generators and atomic variables go on exactly where they were. */
class HeapGeneratorsTest {

    private static List<Object> draws(RandomGenerator g) {
        List<Object> draws = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            draws.addAll(List.of(g.nextLong(), g.nextInt(10), g.nextDouble(), g.nextBoolean(), g.nextGaussian()));
        }
        return draws;
    }

    @Test
    void a_secure_generator_that_the_program_seeds_goes_on_where_it_was() throws NoSuchAlgorithmException {
        SecureRandom old = SecureRandom.getInstance("SHA1PRNG");
        old.setSeed(7);
        draws(old);
        SecureRandom fresh = SecureRandom.getInstance("SHA1PRNG");
        fresh.setSeed(7);
        Object[] restored = restore(capture(old), fresh);
        assertThat(restored[0]).isSameAs(fresh);
        List<Object> expected = draws(old);
        assertThat(draws(fresh)).isEqualTo(expected);
    }

    @Test
    void every_generator_of_the_jdk_goes_on() {
        List<String> names = RandomGeneratorFactory.all()
                .filter(f -> !f.isHardware() && f.isStatistical())
                .map(RandomGeneratorFactory::name)
                .sorted()
                .filter(n -> !n.equals("SecureRandom"))
                .toList();
        assertThat(names).contains("L64X128MixRandom", "Xoshiro256PlusPlus", "SplittableRandom", "Random");
        for (String name : names) {
            RandomGenerator saved = RandomGenerator.of(name);
            draws(saved);
            Snapshot snapshot = capture(saved);
            List<Object> expected = draws(saved);
            RandomGenerator fresh = RandomGenerator.of(name);
            draws(fresh);
            assertThat(restore(snapshot, fresh)[0]).isSameAs(fresh);
            assertThat(draws(fresh)).as(name).isEqualTo(expected);
            assertThat(draws((RandomGenerator) restore(snapshot, (Object) null)[0]))
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_second_gaussian_of_a_pair_is_state() {
        Random saved = new Random(4);
        saved.nextGaussian();
        Snapshot snapshot = capture(saved);
        double next = saved.nextGaussian();
        assertThat(((Random) restore(snapshot, new Random(5))[0]).nextGaussian())
                .isEqualTo(next);
    }

    @Test
    void a_split_generator_splits_on() {
        SplittableRandom saved = new SplittableRandom(6);
        saved.split();
        Snapshot snapshot = capture(saved);
        long next = saved.split().nextLong();
        assertThat(((SplittableRandom) restore(snapshot, new SplittableRandom(7))[0])
                        .split()
                        .nextLong())
                .isEqualTo(next);
    }

    @Test
    void atomic_variables_come_back() {
        LongAdder adder = new LongAdder();
        adder.add(12);
        DoubleAdder doubles = new DoubleAdder();
        doubles.add(0.1);
        doubles.add(0.2);
        Object[] restored = restore(
                capture(
                        new AtomicInteger(1),
                        new AtomicLong(2),
                        new AtomicBoolean(true),
                        new AtomicLongArray(new long[] {3, 4}),
                        new AtomicReference<>(List.of("r")),
                        adder,
                        doubles),
                new AtomicInteger(),
                new AtomicLong(),
                new AtomicBoolean(),
                new AtomicLongArray(2),
                new AtomicReference<>(),
                new LongAdder(),
                new DoubleAdder());
        assertThat(restored)
                .extracting(Object::toString)
                .containsExactly("1", "2", "true", "[3, 4]", "[r]", "12", Double.toString(0.1 + 0.2));
    }

    @Test
    void the_generators_that_hide_in_the_jdk_go_on() {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
        Math.random();
        shuffled();
        JdkRandom.roots().forEach(capture::root);
        FrameImage frame = new FrameImage("a/Test#run()V", "hash", 0, 1, List.of(), new int[0], List.of());
        capture.frame(frame);
        Snapshot snapshot = capture.finish();
        List<Object> expected = List.of(Math.random(), shuffled());
        Math.random();
        shuffled();
        new HeapRestore(snapshot.image(), Checkpoints.policy(), getClass().getClassLoader(), (name, array) -> {
                    throw new AssertionError("there is no array");
                })
                .resume(frame, new Object[0], JdkRandom.roots());
        assertThat(List.<Object>of(Math.random(), shuffled())).isEqualTo(expected);
        assertThat(Map.copyOf(JdkRandom.roots())).hasSize(2);
    }

    private static List<Integer> shuffled() {
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        Collections.shuffle(list);
        return list;
    }
}
