package dev.belay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResumePathTest {

    private static PointShape head(int index, PointKind kind, Integer... around) {
        return new PointShape(index, kind, 0, List.of(), List.of(around), -1, kind == PointKind.LEAF, false, true);
    }

    private final MethodShape main = new MethodShape(
            "a/Main#main()V",
            "h",
            List.of(
                    head(0, PointKind.OUTER),
                    head(1, PointKind.LEAF, 0),
                    head(2, PointKind.LEAF, 0),
                    new PointShape(3, PointKind.EXIT, 0, List.of(), List.of(), 0, false, false, false)));

    private ResumePath path(int point) {
        Set<LoopHead> trained = Set.of(new LoopHead(main.key(), 0), new LoopHead(main.key(), 1));
        return new ResumePath(List.of(new SavedFrame(main.key(), point, 0, Set.of(), Map.of())), trained);
    }

    private ResumePath.Move next(ResumePath path, LoopFrame frame, int point) {
        return path.next(frame, frame.method().points().get(point));
    }

    @Test
    void injects_around_the_position_skips_what_was_complete_and_resumes_at_it() {
        ResumePath path = path(2);
        LoopFrame frame = new LoopFrame(main, null, new Activations());
        assertThat(next(path, frame, 0).kind()).isEqualTo(ResumePath.Kind.INJECT);
        assertThat(next(path, frame, 1).kind()).isEqualTo(ResumePath.Kind.SKIP);
        assertThat(next(path, frame, 2).kind()).isEqualTo(ResumePath.Kind.RESUME);
    }

    @Test
    void skips_a_loop_to_the_exit_that_was_saved() {
        ResumePath path = path(3);
        LoopFrame frame = new LoopFrame(main, null, new Activations());
        ResumePath.Move move = next(path, frame, 0);
        assertThat(move.kind()).isEqualTo(ResumePath.Kind.SKIP);
        assertThat(move.landing()).isEqualTo(3);
    }

    @Test
    void leaves_a_complete_loop_where_the_saved_run_left_it_and_injects_there() {
        MethodShape method = new MethodShape(
                "a/Main#main()V",
                "h",
                List.of(
                        head(0, PointKind.LEAF),
                        head(1, PointKind.LEAF),
                        new PointShape(2, PointKind.EXIT, 0, List.of(), List.of(), 0, false, false, false),
                        new PointShape(3, PointKind.CATCH, 0, List.of(), List.of(), 0, false, false, false)));
        ResumePath path = new ResumePath(
                List.of(new SavedFrame(method.key(), 1, 0, Set.of(3), Map.of())),
                Set.of(new LoopHead(method.key(), 0)));
        LoopFrame frame = new LoopFrame(method, null, new Activations());
        ResumePath.Move skip = next(path, frame, 0);
        assertThat(skip.landing()).isEqualTo(3);
        frame.landing = skip.landing();
        assertThat(next(path, frame, 2).kind()).as("not where it lands").isEqualTo(ResumePath.Kind.PASS);
        assertThat(next(path, frame, 3).kind()).isEqualTo(ResumePath.Kind.INJECT);
        assertThat(next(path, frame, 3).kind()).as("once").isEqualTo(ResumePath.Kind.PASS);
        assertThat(next(path, frame, 1).kind()).isEqualTo(ResumePath.Kind.RESUME);
    }

    @Test
    void an_activation_that_came_before_the_saved_one_is_passed() {
        ResumePath path = new ResumePath(
                List.of(new SavedFrame(main.key(), 2, 1, Set.of(), Map.of())),
                Set.of(new LoopHead(main.key(), 0), new LoopHead(main.key(), 1)));
        Activations thread = new Activations();
        assertThat(next(path, new LoopFrame(main, null, thread), 0).kind()).isEqualTo(ResumePath.Kind.SKIP);
        assertThat(next(path, new LoopFrame(main, null, thread), 0).kind()).isEqualTo(ResumePath.Kind.INJECT);
    }

    @Test
    void a_second_iteration_around_the_position_is_a_miss() {
        ResumePath path = path(2);
        LoopFrame frame = new LoopFrame(main, null, new Activations());
        next(path, frame, 0);
        assertThat(next(path, frame, 0).kind()).isEqualTo(ResumePath.Kind.MISS);
    }

    @Test
    void a_loop_in_which_nothing_was_trained_runs_as_it_did() {
        ResumePath path = new ResumePath(
                List.of(new SavedFrame(main.key(), 2, 0, Set.of(), Map.of())), Set.of(new LoopHead(main.key(), 0)));
        LoopFrame frame = new LoopFrame(main, null, new Activations());
        next(path, frame, 0);
        assertThat(next(path, frame, 1).kind()).isEqualTo(ResumePath.Kind.PASS);
    }

    private final MethodShape evadable = new MethodShape(main.key(), "h", main.points(), false, Map.of(), Set.of(0, 2));

    @Test
    void may_jump_to_the_loop_that_the_program_may_go_past_and_to_no_other() {
        LoopFrame frame = new LoopFrame(evadable, null, new Activations());
        assertThat(next(path(2), frame, 0).landing()).isEqualTo(2);
        assertThat(next(path(1), frame, 0).landing()).isEqualTo(-1);
        assertThat(next(path(2), new LoopFrame(main, null, new Activations()), 0)
                        .landing())
                .isEqualTo(-1);
    }

    private final MethodShape caller = new MethodShape(
            "a/Main#run()V",
            "h",
            List.of(
                    head(0, PointKind.OUTER),
                    new PointShape(1, PointKind.CALL, 0, List.of(), List.of(0), -1, false, false, false),
                    new PointShape(2, PointKind.CALL, 0, List.of(), List.of(), -1, false, false, false)));

    private int entry(int call, int point) {
        ResumePath path = new ResumePath(
                List.of(
                        new SavedFrame(caller.key(), call, 0, Set.of(), Map.of()),
                        new SavedFrame(evadable.key(), point, 0, Set.of(), Map.of())),
                Set.of());
        LoopFrame outer = new LoopFrame(caller, null, new Activations());
        assertThat(path.entry(outer)).as("the start").isEqualTo(-1);
        next(path, outer, 0);
        next(path, outer, call);
        outer.note(caller.points().get(call), new Object[0]);
        return path.entry(new LoopFrame(evadable, outer, outer.children()));
    }

    @Test
    void a_method_may_begin_at_its_loop_if_it_is_called_in_a_loop() {
        assertThat(entry(1, 2)).isZero();
        assertThat(entry(1, 0)).isZero();
        assertThat(entry(2, 2)).as("its start belongs to the program's").isEqualTo(-1);
        assertThat(entry(1, 1)).as("the code before that loop is run").isEqualTo(-1);
    }

    /** Main calls a method, before its loop, that trained in a loop and outside of it. */
    @Test
    void steps_of_what_had_ended_are_repeated_outside_of_loops() {
        SavedFrame ended = new SavedFrame(main.key(), 0, 0, Set.of(3), Map.of());
        ResumePath path = new ResumePath(
                List.of(new SavedFrame(caller.key(), 0, 0, Set.of(), Map.of(2, ended))),
                Set.of(new LoopHead(main.key(), 0)));
        LoopFrame outer = new LoopFrame(caller, null, new Activations());
        next(path, outer, 2);
        outer.note(caller.points().get(2), new Object[0]);
        LoopFrame inner = new LoopFrame(main, outer, outer.children());
        assertThat(path.repeatsStep(inner)).isTrue();
        inner.note(main.points().get(2), new Object[0]);
        assertThat(path.repeatsStep(inner)).as("in a loop that had not trained").isFalse();
        LoopFrame again = new LoopFrame(main, outer, outer.children());
        assertThat(path.repeatsStep(again)).as("another call of it").isFalse();
    }
}
