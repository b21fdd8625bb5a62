package dev.belay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WayOutTest {

    private static final LocalShape EPOCH = new LocalShape("epoch", 1, "I");
    private static final LocalShape LOSS = new LocalShape("loss", 2, "D");
    private static final PointShape HEAD =
            new PointShape(0, PointKind.OUTER, 10, List.of(EPOCH), List.of(), -1, false, false, true);

    private static PointShape exit(int index, int loop, boolean normal, int own, LocalShape... locals) {
        return new PointShape(index, PointKind.EXIT, 20, List.of(locals), List.of(), loop, false, false, normal, own);
    }

    private static java.util.OptionalInt wayOut(PointShape... exits) {
        List<PointShape> points = new java.util.ArrayList<>(List.of(HEAD));
        points.addAll(List.of(exits));
        return WayOut.of(new MethodShape("a/B#c()V", "h", points), HEAD);
    }

    @Test
    void it_is_where_the_loop_goes_on_to_when_its_condition_fails() {
        assertThat(wayOut(exit(1, 0, false, -1), exit(2, 0, true, -1, EPOCH))).hasValue(2);
        assertThat(wayOut(exit(1, 0, false, -1))).as("a return, say").isEmpty();
        assertThat(wayOut(exit(1, 7, true, -1))).as("another loop's").isEmpty();
    }

    @Test
    void there_is_none_where_the_loop_would_still_have_computed_what_is_needed() {
        assertThat(wayOut(exit(1, 0, true, -1, EPOCH, LOSS))).isEmpty();
        assertThat(wayOut(exit(1, 0, true, -1, new LocalShape("epoch", 1, "J"))))
                .isEmpty();
        assertThat(wayOut(exit(1, 0, true, -1, EPOCH, LOSS), exit(2, 0, true, -1)))
                .hasValue(2);
    }

    @Test
    void what_only_the_test_needs_does_not_count() {
        assertThat(wayOut(exit(1, 0, true, 1, EPOCH, LOSS))).hasValue(1);
        assertThat(wayOut(exit(1, 0, true, 2, EPOCH, LOSS))).isEmpty();
    }
}
