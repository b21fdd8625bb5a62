package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import program.Hostile;
import program.Kinds;
import program.Kinds.Box;

/** What cannot be captured exactly is refused by the path to it, and nothing of the program is called to find out. */
class HeapRefusalsTest {

    private static void assertRefused(Object object, String why) {
        Box box = new Box(new Object[] {null, List.of(new Box(object))});
        assertThatThrownBy(() -> capture(1, box))
                .isInstanceOf(Unsupported.class)
                .hasMessageStartingWith("Test.run/local1.content[1]")
                .hasMessageContaining(".content: ")
                .hasMessageContaining(why);
    }

    @Test
    void live_things_of_the_jdk_are_refused() {
        assertRefused(new WeakHashMap<>(Map.of(List.of(), 1)), "cannot be filled again");
        assertRefused(Stream.of(1), "ReferencePipeline");
        assertRefused(new WeakReference<>("x"), "WeakReference");
        assertRefused(new CompletableFuture<>(), "CompletableFuture");
        assertRefused(new Scanner("1 2"), "Scanner");
        assertRefused(new Inflater(), "Inflater");
        assertRefused(ByteBuffer.allocateDirect(8), "DirectByteBuffer");
        assertRefused(new java.io.ByteArrayInputStream(new byte[3]), "open across the loop");
        Supplier<Integer> lambda = () -> 1;
        assertRefused(lambda.getClass(), "another name in every JVM");
    }

    @Test
    void a_generator_whose_numbers_are_nobodys_is_taken_from_the_fresh_program() {
        SecureRandom fresh = new SecureRandom();
        assertThat(Checkpoints.restore(capture(new SecureRandom()), fresh)[0]).isSameAs(fresh);
    }

    @Test
    void what_does_not_hold_state_is_taken_from_the_fresh_program() {
        Thread thread = new Thread();
        java.util.regex.Pattern pattern = java.util.regex.Pattern.compile("a");
        Object[] restored = Checkpoints.restore(
                capture(
                        System.out,
                        new Thread(),
                        new java.util.concurrent.locks.ReentrantLock(),
                        java.util.regex.Pattern.compile("a")),
                System.out,
                thread,
                new java.util.concurrent.locks.ReentrantLock(),
                pattern);
        assertThat(restored[0]).isSameAs(System.out);
        assertThat(restored[1]).isSameAs(thread);
        assertThat(restored[3]).isSameAs(pattern);
    }

    @Test
    void a_live_thing_that_the_fresh_program_lacks_is_named() {
        assertThatThrownBy(() -> Checkpoints.restore(capture(new Box(new Thread())), new Box(null)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("create it before the loop");
    }

    @Test
    void the_longest_paths_are_short() {
        Kinds.Node first = new Kinds.Node();
        Kinds.Node last = first;
        for (int i = 0; i < 100_000; i++) {
            last.next = new Kinds.Node();
            last = last.next;
        }
        Box box = new Box(first);
        assertThat(capture(box).objects()).isEqualTo(100_002);
        List<Object> deep = new ArrayList<>();
        Box inner = new Box(new WeakReference<>("referent"));
        for (int i = 0; i < 100_000; i++) {
            inner = new Box(inner);
        }
        deep.add(inner);
        assertThatThrownBy(() -> capture(deep))
                .isInstanceOf(Unsupported.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("Test.run/local0…")
                        .hasSizeLessThan(700));
    }

    @Test
    void capturing_calls_nothing_of_the_program() {
        Object[] hostile = {
            new Kinds.Lru<>(3),
            new Box(new Kinds.Name("n")),
            new ArrayList<>(List.of(new Kinds.Name("a"))),
            new java.util.HashMap<>(Map.of(new Kinds.Name("k"), 1)),
            new java.util.TreeMap<>(Map.of("t", new Kinds.Name("v"))),
            new java.util.concurrent.ConcurrentHashMap<>(Map.of(new Kinds.Name("c"), 1)),
            new Hostile.ItsList(),
            new Hostile.ItsMap(),
            new Hostile.ItsRecord(1),
            new Hostile.ItsIterator()
        };
        Kinds.forbidden = true;
        try {
            assertThat(capture(hostile).objects()).isGreaterThan(20);
        } finally {
            Kinds.forbidden = false;
        }
    }
}
