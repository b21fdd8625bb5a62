package dev.belay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResumePathTest {

    private static PointShape head(int index, PointKind kind, Integer... around) {
        return new PointShape(index, kind, 0, List.of(), List.of(around), -1, kind == PointKind.LEAF, true);
    }

    private final MethodShape main = new MethodShape(
            "a/Main#main()V",
            "h",
            List.of(
                    head(0, PointKind.OUTER),
                    head(1, PointKind.LEAF, 0),
                    head(2, PointKind.LEAF, 0),
                    new PointShape(3, PointKind.EXIT, 0, List.of(), List.of(), 0, false, false)));

    private ResumePath path(int point) {
        Set<LoopHead> trained = Set.of(new LoopHead(main.key(), 0), new LoopHead(main.key(), 1));
        return new ResumePath(List.of(new SavedFrame(main.key(), point)), trained);
    }

    private ResumePath.Move next(ResumePath path, LoopFrame frame, int point) {
        return path.next(frame, frame.method().points().get(point));
    }

    @Test
    void injects_around_the_position_skips_what_was_complete_and_resumes_at_it() {
        ResumePath path = path(2);
        LoopFrame frame = new LoopFrame(main, null);
        assertThat(next(path, frame, 0).kind()).isEqualTo(ResumePath.Kind.INJECT);
        assertThat(next(path, frame, 1).kind()).isEqualTo(ResumePath.Kind.SKIP);
        assertThat(next(path, frame, 2).kind()).isEqualTo(ResumePath.Kind.RESUME);
    }

    @Test
    void skips_a_loop_to_the_exit_that_was_saved() {
        ResumePath path = path(3);
        LoopFrame frame = new LoopFrame(main, null);
        ResumePath.Move move = next(path, frame, 0);
        assertThat(move.kind()).isEqualTo(ResumePath.Kind.SKIP);
        assertThat(move.landing()).isEqualTo(3);
    }

    @Test
    void a_second_iteration_around_the_position_is_a_miss() {
        ResumePath path = path(2);
        LoopFrame frame = new LoopFrame(main, null);
        next(path, frame, 0);
        assertThat(next(path, frame, 0).kind()).isEqualTo(ResumePath.Kind.MISS);
    }

    @Test
    void a_loop_in_which_nothing_was_trained_runs_as_it_did() {
        ResumePath path = new ResumePath(List.of(new SavedFrame(main.key(), 2)), Set.of(new LoopHead(main.key(), 0)));
        LoopFrame frame = new LoopFrame(main, null);
        next(path, frame, 0);
        assertThat(next(path, frame, 1).kind()).isEqualTo(ResumePath.Kind.PASS);
    }
}
