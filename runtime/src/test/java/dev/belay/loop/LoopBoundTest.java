package dev.belay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.loop.LoopBound.Comparison;
import dev.belay.loop.LoopBound.FieldName;
import dev.belay.loop.LoopBound.Limit;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopBoundTest {

    private static final PointShape HEAD = new PointShape(
            0,
            PointKind.LEAF,
            1,
            List.of(new LocalShape("this", 0, "LX;"), new LocalShape("i", 2, "I"), new LocalShape("n", 1, "I")),
            List.of(),
            -1,
            true,
            false,
            true);

    private final int[] numbers = new int[9];

    private static OptionalLong left(int by, Comparison goesOn, int counter, int limit) {
        return new LoopBound(2, by, goesOn, new Limit(0, 1, List.of()), true)
                .left(HEAD, new Object[] {null, counter, limit});
    }

    @ParameterizedTest
    @CsvSource({
        "1, LESS, 0, 10, 10",
        "8, LESS, 0, 1624, 203",
        "8, LESS, 0, 1625, 204",
        "1, LESS, 10, 10, 0",
        "1, LESS, 12, 10, 0",
        "1, AT_MOST, 1, 10, 10",
        "3, AT_MOST, 0, 9, 4",
        "-1, MORE, 10, 0, 10",
        "-4, MORE, 10, 0, 3",
        "-1, AT_LEAST, 10, 0, 11",
        "1, OTHER_THAN, 4, 10, 6",
        "-2, OTHER_THAN, 10, 0, 5"
    })
    void counts_the_iterations_that_follow(int by, Comparison goesOn, int counter, int limit, long wanted) {
        assertThat(left(by, goesOn, counter, limit)).isEqualTo(OptionalLong.of(wanted));
        int iterations = 0;
        for (int i = counter; goesOn(goesOn, i, limit); i += by) {
            iterations++;
        }
        assertThat(iterations).isEqualTo((int) wanted);
    }

    private static boolean goesOn(Comparison comparison, int i, int n) {
        return switch (comparison) {
            case LESS -> i < n;
            case AT_MOST -> i <= n;
            case MORE -> i > n;
            case AT_LEAST -> i >= n;
            case OTHER_THAN -> i != n;
        };
    }

    @Test
    void one_that_goes_away_from_its_limit_has_none() {
        assertThat(left(-1, Comparison.LESS, 0, 10)).isEmpty();
        assertThat(left(1, Comparison.MORE, 10, 0)).isEmpty();
        assertThat(left(2, Comparison.OTHER_THAN, 0, 5)).isEmpty();
        assertThat(left(1, Comparison.OTHER_THAN, 6, 5)).isEmpty();
    }

    @Test
    void a_limit_may_be_a_constant_or_the_length_of_an_array_in_a_field() {
        Object[] locals = {this, 3, 0};
        assertThat(new LoopBound(2, 1, Comparison.LESS, Limit.of(5), true).left(HEAD, locals))
                .isEqualTo(OptionalLong.of(2));
        FieldName field = new FieldName(LoopBoundTest.class.getName().replace('.', '/'), "numbers");
        assertThat(new LoopBound(2, 1, Comparison.LESS, new Limit(0, 0, List.of(field)), true).left(HEAD, locals))
                .isEqualTo(OptionalLong.of(numbers.length - 3));
        FieldName absent = new FieldName(field.owner(), "absent");
        assertThat(new LoopBound(2, 1, Comparison.LESS, new Limit(0, 0, List.of(absent)), true).left(HEAD, locals))
                .isEmpty();
    }
}
