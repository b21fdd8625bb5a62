package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A source line tells whether a thread is in a loop. */
class LoopLinesTest {

    private final LoopLines lines = new LoopLines();

    /** Calls {@code place} before, in and behind a loop. */
    private static int[] run(AtomicInteger sum) {
        int before = line();
        int inside = 0;
        for (int i = 0; i < 2; i++) {
            sum.addAndGet(i);
            inside = line();
        }
        int behind = line();
        return new int[] {before, inside, behind};
    }

    private static int line() {
        return StackWalker.getInstance()
                .walk(s -> s.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    @Test
    void only_the_lines_of_a_loop_are_in_one() {
        int[] places = run(new AtomicInteger());
        assertThat(lines.find(LoopLinesTest.class, "run", places[0])).isEmpty();
        assertThat(lines.find(LoopLinesTest.class, "run", places[1]))
                .contains(LoopLinesTest.class.getName() + "#run:" + places[1]);
        assertThat(lines.find(LoopLinesTest.class, "run", places[2])).isEmpty();
    }

    @Test
    void without_a_line_any_loop_of_the_method_counts() {
        assertThat(lines.find(LoopLinesTest.class, "run", -1)).contains(LoopLinesTest.class.getName() + "#run");
        assertThat(lines.find(LoopLinesTest.class, "line", -1)).isEmpty();
    }

    @Test
    void a_class_without_a_class_file_is_not_known_to_have_none() {
        Runnable lambda = () -> {};
        assertThat(lines.find(lambda.getClass(), "run", 1)).get().asString().contains("cannot be read");
    }
}
