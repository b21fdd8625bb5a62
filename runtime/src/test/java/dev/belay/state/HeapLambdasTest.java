package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static dev.belay.state.Checkpoints.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import program.Kinds.Box;

/** What a lambda captured cannot be changed: one that captured something else is replaced. */
class HeapLambdasTest {

    private static LongSupplier gives(long n) {
        return () -> n;
    }

    private static LongSupplier counts(int[] calls, String text) {
        return () -> calls[0]++ + text.length();
    }

    private static Runnable runs(Box into, int n) {
        return () -> into.content = n;
    }

    @Test
    void one_that_captured_another_number_is_made_again_and_the_live_one_is_left_as_it_is() {
        LongSupplier fresh = gives(3);
        LongSupplier restored = (LongSupplier) through(new Box(gives(5)), new Box(fresh)).content;
        assertThat(restored.getAsLong()).isEqualTo(5);
        assertThat(restored.getClass()).isSameAs(fresh.getClass());
        assertThat(fresh.getAsLong()).isEqualTo(3);
    }

    @Test
    void one_that_captured_the_same_stays() {
        LongSupplier fresh = counts(new int[1], "a" + "b".repeat(2));
        LongSupplier saved = counts(new int[1], "a" + "b".repeat(2));
        assertThat(saved.getAsLong() + saved.getAsLong()).isEqualTo(7);
        LongSupplier restored = (LongSupplier) through(new Box(saved), new Box(fresh)).content;
        assertThat(restored).isSameAs(fresh);
        assertThat(restored.getAsLong()).isEqualTo(5);
    }

    @Test
    void what_several_captured_is_still_one() {
        int[] calls = new int[1];
        Box saved = new Box(new LongSupplier[] {counts(calls, "x"), counts(calls, "xyz")});
        Box fresh = new Box(new LongSupplier[] {counts(new int[1], ""), counts(new int[1], "")});
        LongSupplier[] restored = (LongSupplier[]) through(saved, fresh).content;
        assertThat(restored[0].getAsLong()).isEqualTo(1);
        assertThat(restored[1].getAsLong()).isEqualTo(4);
        assertThat(restored[0].getAsLong()).isEqualTo(3);
    }

    @Test
    void one_that_captured_itself_in_an_array_is_made_again() {
        IntSupplier[] own = new IntSupplier[1];
        own[0] = recursive(own, 5);
        IntSupplier[] fresh = new IntSupplier[1];
        fresh[0] = recursive(fresh, 3);
        IntSupplier[] restored = (IntSupplier[]) through(new Box(own), new Box(fresh)).content;
        assertThat(restored[0].getAsInt()).isEqualTo(5);
    }

    private static IntSupplier recursive(IntSupplier[] own, int n) {
        return () -> own[0] == null ? -1 : n;
    }

    /** A thread that was made with it would go on with the other one. */
    @Test
    void one_that_a_live_object_holds_is_refused() {
        Box out = new Box(null);
        Object[] saved = held(runs(out, 5));
        Object[] fresh = held(runs(new Box(null), 3));
        assertThatThrownBy(() -> restore(capture(saved), fresh))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("lambda")
                .hasMessageContaining("other contents, and a live object holds it");
        assertThat(restore(capture(held(runs(out, 5))), held(runs(new Box(null), 5)))[0])
                .isNotNull();
    }

    private static Object[] held(Runnable task) {
        return new Object[] {task, new Thread(task)};
    }
}
