package dev.belay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Woven code is played by calls of {@link Points}; time is the test's. */
class LoopChoiceTest {

    private static final long WORTHWHILE = 500;
    private static final int OUTER = 0;
    private static final int INNER = 1;
    private static final int INNER_EXIT = 2;
    private static final int OUTER_EXIT = 3;
    private static final Object[] NO_LOCALS = {};

    private final List<String> chosen = new ArrayList<>();
    private long steps;
    private long askAgainAfter = Long.MAX_VALUE;
    private boolean mayTrain = true;
    private long now;
    private LoopTracker tracker;
    private int method;

    private final LoopListener listener = new LoopListener() {
        @Override
        public boolean mayTrain(long nanos) {
            return mayTrain;
        }

        @Override
        public void chose(LoopFrame frame, PointShape head) {
            chosen.add("head " + head.index());
        }

        @Override
        public long stepsEnded(LoopFrame frame, PointShape head, long more) {
            steps += more;
            return askAgainAfter;
        }

        @Override
        public void stepBegins(boolean resumePending) {}

        @Override
        public void stepEnded() {}

        @Override
        public void born(String framework, Object object) {}

        @Override
        public void evaluated() {}

        @Override
        public void starts(LoopFrame frame, PointShape point, Object[] locals) {}

        @Override
        public boolean arrived(LoopFrame frame, PointShape head) {
            return false;
        }

        @Override
        public void reached(LoopFrame frame, PointShape point) {}

        @Override
        public void left(LoopFrame frame, PointShape exit) {}

        @Override
        public Object[] inject(LoopFrame frame, PointShape point, Object[] live) {
            throw new AssertionError("nothing is resumed");
        }

        @Override
        public Object repeated(LoopFrame body) {
            throw new AssertionError("nothing is resumed");
        }

        @Override
        public Object[] source(String caller, String called, Object[] operands, Predicate<String> isBody) {
            return null;
        }

        @Override
        public boolean mayJump(LoopFrame frame, Object[] live) {
            throw new AssertionError();
        }

        @Override
        public Object[] start(LoopFrame frame, PointShape call, Object[] live) {
            throw new AssertionError("nothing is resumed");
        }

        @Override
        public Object[] descend(LoopFrame frame, PointShape call, Object[] live) {
            throw new AssertionError("nothing is resumed");
        }

        @Override
        public Object[] resume(int depth, PointShape point, Object[] live) {
            throw new AssertionError("nothing is resumed");
        }

        @Override
        public void missed(String found) {
            throw new AssertionError(found);
        }
    };

    private static PointShape point(int index, PointKind kind, List<Integer> around, int loop) {
        return new PointShape(index, kind, index, List.of(), around, loop, false, false, true);
    }

    @BeforeEach
    void weave() {
        tracker = new LoopTracker(listener);
        tracker.findStepLoops(() -> now, WORTHWHILE);
        method = tracker.register(new MethodShape(
                "Trainer#train()V",
                "hash",
                List.of(
                        point(OUTER, PointKind.OUTER, List.of(), -1),
                        point(INNER, PointKind.OUTER, List.of(OUTER), -1),
                        point(INNER_EXIT, PointKind.EXIT, List.of(OUTER), INNER),
                        point(OUTER_EXIT, PointKind.EXIT, List.of(), OUTER))));
        Points.connect(tracker);
        Points.flag = false;
    }

    @AfterEach
    void clear() {
        Points.connect(null);
        Points.flag = false;
        Points.dormant = null;
        Points.hot = new boolean[0];
    }

    private void reach(Object activation, int point) {
        if (Points.active(activation, point)) {
            Points.point(activation, point, NO_LOCALS);
        }
    }

    /** Runs a loop of the method. */
    private void loop(Object activation, int head, int exit, int iterations, Runnable body) {
        for (int i = 0; i < iterations; i++) {
            reach(activation, head);
            body.run();
            Points.iterated(activation, head);
        }
        reach(activation, head);
        reach(activation, exit);
    }

    private void nested(int outer, int inner, long nanos) {
        Object activation = Points.enter(method);
        loop(
                activation,
                OUTER,
                OUTER_EXIT,
                outer,
                () -> loop(activation, INNER, INNER_EXIT, inner, () -> now += nanos));
        Points.exit(activation);
    }

    @Test
    void a_loop_with_short_iterations_is_chosen_and_all_of_its_iterations_are_steps() {
        nested(1_000, 2, 1);
        assertThat(chosen).containsExactly("head 0");
        assertThat(steps).isEqualTo(1_000);
        assertThat(tracker.stepLoops()).containsExactly(new LoopHead("Trainer#train()V", OUTER));
    }

    @Test
    void where_the_outer_iterations_are_long_the_inner_loop_is_chosen() {
        nested(5, 100, 10);
        assertThat(chosen).containsExactly("head 1");
        assertThat(steps)
                .as("from the first iteration of the run in which it was chosen")
                .isEqualTo(500);
    }

    @Test
    void an_outer_loop_with_long_iterations_is_chosen_if_nothing_inside_of_it_is() {
        nested(10, 30, 10);
        assertThat(chosen).containsExactly("head 0");
        assertThat(steps).isEqualTo(10);
    }

    @Test
    void what_is_over_soon_is_not_chosen() {
        nested(4, 30, 1);
        assertThat(chosen).isEmpty();
        assertThat(steps).isZero();
    }

    @Test
    void a_thread_that_may_not_train_has_no_step_loops() {
        mayTrain = false;
        nested(1_000, 2, 1);
        assertThat(chosen).isEmpty();
    }

    @Test
    void inside_of_a_step_nothing_is_followed_and_after_the_loop_everything_is() {
        Object activation = Points.enter(method);
        loop(activation, OUTER, OUTER_EXIT, 100, () -> {
            now += 10;
            if (!chosen.isEmpty()) {
                assertThat(Points.enter(method)).isNull();
                assertThat(Points.active(activation, INNER)).isFalse();
            }
        });
        assertThat(chosen).hasSize(1);
        Object after = Points.enter(method);
        assertThat(after).isNotNull();
        Points.exit(after);
        Points.exit(activation);
    }

    @Test
    void another_thread_is_followed_while_this_one_is_in_a_step() throws InterruptedException {
        Object activation = Points.enter(method);
        Object[] other = new Object[1];
        loop(activation, OUTER, OUTER_EXIT, 100, () -> now += 10);
        loop(activation, OUTER, OUTER_EXIT, 1, () -> {
            Thread thread = new Thread(() -> {
                other[0] = Points.enter(method);
                Points.exit(other[0]);
            });
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(Points.enter(method)).as("this thread").isNull();
        });
        Points.exit(activation);
        assertThat(other[0]).isNotNull();
    }

    @Test
    void a_loop_that_another_thread_leaves_does_not_end_the_step_of_this_one() throws InterruptedException {
        java.util.concurrent.Exchanger<Boolean> turn = new java.util.concurrent.Exchanger<>();
        Thread other = new Thread(() -> {
            Object activation = Points.enter(method);
            loop(activation, OUTER, OUTER_EXIT, 100, () -> now += 10);
            loop(activation, OUTER, OUTER_EXIT, 1, () -> {
                exchange(turn); // this one is in its step loop now
                exchange(turn);
            });
            Points.exit(activation);
        });
        other.start();
        exchange(turn);
        Object activation = Points.enter(method);
        reach(activation, OUTER);
        assertThat(Points.enter(method)).isNull();
        exchange(turn);
        other.join();
        assertThat(Points.enter(method)).as("still in the step").isNull();
        Points.exit(activation);
    }

    private static void exchange(java.util.concurrent.Exchanger<Boolean> turn) {
        try {
            turn.exchange(true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_exception_out_of_a_step_loop_ends_it() {
        Object activation = Points.enter(method);
        for (int i = 0; i < 100; i++) {
            reach(activation, OUTER);
            now += 10;
            Points.iterated(activation, OUTER);
        }
        assertThat(Points.enter(method)).isNull();
        Points.exit(activation);
        assertThat(Points.enter(method)).isNotNull();
    }

    @Test
    void steps_are_reported_no_later_than_asked_for() {
        askAgainAfter = 7;
        List<Long> reported = new ArrayList<>();
        Object activation = Points.enter(method);
        loop(activation, OUTER, OUTER_EXIT, 1_000, () -> {
            now += 1;
            if (reported.isEmpty() || reported.get(reported.size() - 1) != steps) {
                reported.add(steps);
            }
        });
        Points.exit(activation);
        assertThat(steps).isEqualTo(1_000);
        for (int i = 2; i < reported.size(); i++) {
            assertThat(reported.get(i) - reported.get(i - 1)).isLessThanOrEqualTo(7);
        }
    }

    @Test
    void a_raised_flag_is_met_at_the_next_head_with_all_steps_counted() {
        Object activation = Points.enter(method);
        int[] iteration = {0};
        loop(activation, OUTER, OUTER_EXIT, 1_000, () -> {
            now += 1;
            if (++iteration[0] == 900) {
                Points.flag = true;
            } else if (iteration[0] == 901) {
                assertThat(steps).isEqualTo(900);
                Points.flag = false;
            }
        });
        Points.exit(activation);
        assertThat(steps).isEqualTo(1_000);
    }

    @Test
    void a_rejected_loop_is_no_step_loop_and_the_one_around_it_may_be() {
        Object activation = Points.enter(method);
        boolean[] rejected = {false};
        loop(
                activation,
                OUTER,
                OUTER_EXIT,
                4,
                () -> loop(activation, INNER, INNER_EXIT, 100, () -> {
                    now += 10;
                    if (!chosen.isEmpty() && !rejected[0]) {
                        rejected[0] = true;
                        tracker.rejectStepLoop();
                    }
                }));
        Points.exit(activation);
        assertThat(chosen).containsExactly("head 1", "head 0");
        assertThat(tracker.stepLoops()).containsExactly(new LoopHead("Trainer#train()V", OUTER));
    }

    @Test
    void the_step_loops_of_a_saved_run_are_step_loops_at_once() {
        tracker.restoreStepLoops(Set.of(new LoopHead("Trainer#train()V", INNER)));
        nested(2, 3, 1);
        assertThat(chosen).isEmpty();
        assertThat(steps).isEqualTo(6);
    }

    @Test
    void a_method_that_is_entered_all_the_time_is_not_followed() {
        for (int i = 0; i < 10_000; i++) {
            now += 10;
            Points.exit(Points.enter(method));
        }
        assertThat(Points.enter(method)).isNull();
    }

    @Test
    void a_method_that_is_entered_now_and_then_is_followed() {
        for (int i = 0; i < 10_000; i++) {
            now += 2_000_000;
            Points.exit(Points.enter(method));
        }
        Object activation = Points.enter(method);
        assertThat(activation).isNotNull();
        Points.exit(activation);
    }
}
