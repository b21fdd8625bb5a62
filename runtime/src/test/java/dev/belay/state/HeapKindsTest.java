package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static dev.belay.state.Checkpoints.through;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import program.Kinds;
import program.Kinds.Box;
import program.Kinds.Circle;
import program.Kinds.Color;
import program.Kinds.Pair;
import program.Kinds.Stage;

/** Every kind of class that a program may write comes back, into objects of a program that went another way. */
class HeapKindsTest {

    @Test
    void every_primitive_field_keeps_its_bits() throws IllegalAccessException {
        Kinds.Scalars saved = new Kinds.Scalars(7);
        saved.z = true;
        saved.b = -128;
        saved.s = -32768;
        saved.c = '\uffff';
        saved.i = Integer.MIN_VALUE;
        saved.l = Long.MIN_VALUE + 1;
        saved.f = -0f;
        saved.d = Math.nextUp(1.0);
        Kinds.Scalars fresh = new Kinds.Scalars(8);
        Kinds.Scalars restored = through(saved, fresh);
        assertThat(restored).isSameAs(fresh);
        for (Field f : Kinds.Scalars.class.getFields()) {
            assertThat(f.get(restored)).as(f.getName()).isEqualTo(f.get(saved));
        }
    }

    @Test
    void scalar_locals_keep_their_bits_and_types() {
        Object[] saved = {
            true,
            (byte) 1,
            (short) 2,
            'x',
            3,
            4L,
            -0f,
            Double.NaN,
            "\ud800 lone \u20ac",
            new BigInteger("-123456789012345678901"),
            new BigDecimal("1.200"),
            null,
            Color.BLUE,
            String.class,
            double[].class
        };
        Object[] restored = restore(capture(saved), new Object[saved.length]);
        assertThat(restored).isEqualTo(saved);
        assertThat(((Float) restored[6]).compareTo(0f)).isNegative();
    }

    @Test
    void arrays_of_all_types_are_filled_in_place() {
        Object[] saved = {
            new double[] {1, -0.0, Double.MIN_VALUE},
            new float[40],
            new long[] {1L << 62},
            new int[30],
            new short[] {-1},
            new char[] {'\u1234'},
            new byte[100],
            new boolean[] {true, false, true},
            new int[0],
            new String[] {"a", null},
            new double[][] {{1, 2}, {}, null, {3}},
            new Object[] {1, new int[] {2}},
            new boolean[200]
        };
        ((float[]) saved[1])[39] = 1.5f;
        ((int[]) saved[3])[29] = -7;
        ((byte[]) saved[6])[99] = -1;
        ((boolean[]) saved[12])[199] = true;
        Object[] fresh = {
            new double[3],
            new float[40],
            new long[1],
            new int[30],
            new short[1],
            new char[1],
            new byte[100],
            new boolean[3],
            new int[0],
            new String[2],
            new double[4][2],
            new Object[2],
            new boolean[200]
        };
        Object[] restored = restore(capture(saved), fresh);
        for (int i = 0; i < saved.length; i++) {
            assertThat(restored[i]).as("array %d", i).isSameAs(fresh[i]);
        }
        assertThat(Arrays.deepEquals(restored, saved)).isTrue();
    }

    @Test
    void rows_of_a_matrix_stay_the_rows_that_others_hold() {
        float[][] saved = new float[3][50];
        saved[2][49] = 4;
        float[][] fresh = new float[3][50];
        float[] row = fresh[2];
        Object[] restored = restore(capture(saved, saved[2]), fresh, row);
        assertThat(((float[][]) restored[0])[2]).isSameAs(row).isSameAs(restored[1]);
        assertThat(row[49]).isEqualTo(4);
    }

    @Test
    void an_array_of_another_length_is_made_anew() {
        double[] fresh = new double[7];
        Box holder = new Box(fresh);
        Object[] restored = restore(capture(new Box(new double[] {1, 2})), holder);
        assertThat((double[]) ((Box) restored[0]).content).containsExactly(1, 2);
        assertThat(fresh).containsOnly(0);
    }

    @Test
    void objects_that_share_and_point_in_circles_still_do() {
        Kinds.Owner saved = new Kinds.Owner();
        saved.inner.steps = 5;
        saved.shared[19] = 2.5;
        saved.shape = new Kinds.Square();
        ((Kinds.Square) saved.shape).side = 3;
        assertThat(saved.lambda.getAsInt()).isEqualTo(1);
        Kinds.Owner fresh = new Kinds.Owner();
        assertThat(fresh.other.getAsInt()).isEqualTo(10);
        Kinds.Owner restored = through(saved, fresh);
        assertThat(restored).isSameAs(fresh);
        assertThat(restored.self).isSameAs(restored);
        assertThat(restored.inner.owner()).isSameAs(restored);
        assertThat(restored.inner.steps).isEqualTo(5);
        assertThat(restored.alias).isSameAs(restored.shared);
        assertThat(restored.shared[19]).isEqualTo(2.5);
        assertThat(((Kinds.Square) restored.shape).side).isEqualTo(3);
        assertThat(restored.lambda.getAsInt()).isEqualTo(2);
        assertThat(restored.other.getAsInt()).isEqualTo(12);
        assertThat(restored.count).containsExactly(12);
        restored.shared[0] = 9;
        assertThat(restored.anonymous).hasToString("held 9.0");
    }

    @Test
    void records_keep_what_they_hold() {
        Object[] saved = {
            new Pair<>(1, new Pair<>("x", new double[] {1, 2})),
            new Circle(2),
            new Pair<>(List.of(1), Optional.of(Color.RED))
        };
        Circle same = new Circle(2);
        Object[] restored =
                restore(capture(saved), new Pair<>(1, new Pair<>("y", new double[2])), same, new Pair<>(null, null));
        Pair<?, ?> outer = (Pair<?, ?>) restored[0];
        assertThat(((Pair<?, ?>) outer.second()).first()).isEqualTo("x");
        assertThat((double[]) ((Pair<?, ?>) outer.second()).second()).containsExactly(1, 2);
        assertThat(restored[1]).isSameAs(same);
        assertThat(restored[2]).isEqualTo(saved[2]);
    }

    @Test
    void a_record_that_did_not_change_stays_and_what_it_holds_is_filled() {
        Pair<String, double[]> fresh = new Pair<>("w", new double[30]);
        Object[] restored = restore(capture(new Pair<>("w", new double[] {1, 2, 3})), fresh);
        assertThat(restored[0]).isNotSameAs(fresh);
        double[] weights = new double[30];
        weights[29] = 7;
        restored = restore(capture(new Pair<>("w", weights)), fresh);
        assertThat(restored[0]).isSameAs(fresh);
        assertThat(fresh.second()[29]).isEqualTo(7);
    }

    @Test
    void constants_with_state_are_filled() {
        Stage.WARM.hits = 3;
        Stage.MAIN.hits = 4;
        Stage.MAIN.seen.add(1);
        Snapshot snapshot = capture(StaticField.of(Stage.class), Stage.MAIN);
        Stage.WARM.hits = 0;
        Stage.MAIN.hits = 100;
        List<Integer> seen = Stage.MAIN.seen;
        seen.addAll(List.of(2, 3));
        assertThat(restore(snapshot, Stage.WARM)[0]).isSameAs(Stage.MAIN);
        assertThat(Stage.WARM.hits).isEqualTo(3);
        assertThat(Stage.MAIN.hits).isEqualTo(4);
        assertThat(Stage.MAIN.seen).isSameAs(seen).containsExactly(1);
    }

    @Test
    void static_fields_are_set_and_what_final_ones_hold_is_filled() {
        Kinds.counter = 41;
        Kinds.NAMES.addAll(List.of("a", "b"));
        Snapshot snapshot = capture(StaticField.of(Kinds.class));
        List<String> fixed = Kinds.FIXED;
        Kinds.counter = 0;
        Kinds.NAMES.clear();
        restore(snapshot);
        assertThat(Kinds.counter).isEqualTo(41);
        assertThat(Kinds.NAMES).containsExactly("a", "b");
        assertThat(Kinds.FIXED).isSameAs(fixed);
        Kinds.NAMES.clear();
    }

    @Test
    void values_of_the_jdk_come_back() {
        StringBuilder text = new StringBuilder("grown \u20ac").append("x".repeat(100));
        Object[] saved = {
            LocalDate.of(2026, 11, 23),
            Duration.ofMillis(12345),
            Instant.ofEpochSecond(99, 7),
            LocalDateTime.of(2026, 1, 2, 3, 4),
            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneId.of("Europe/Berlin")),
            UUID.fromString("0-1-2-3-4"),
            Optional.of(4),
            Optional.empty(),
            OptionalInt.of(3),
            Locale.GERMANY,
            java.nio.file.Path.of("/tmp/x"),
            new java.util.Date(5),
            new IllegalStateException("why"),
            text
        };
        Object[] fresh = new Object[saved.length];
        fresh[0] = LocalDate.of(2000, 1, 1);
        fresh[13] = new StringBuilder("y");
        Object[] restored = restore(capture(saved), fresh);
        for (int i = 0; i < 12; i++) {
            assertThat(restored[i]).isEqualTo(saved[i]);
        }
        assertThat(restored[7]).isSameAs(Optional.empty());
        assertThat((Throwable) restored[12]).hasMessage("why");
        assertThat(restored[13]).isSameAs(fresh[13]).hasToString(text.toString());
    }

    @Test
    void a_lambda_is_known_by_its_code() {
        assertThat(through(new Kinds.Chosen(true), new Kinds.Chosen(true))
                        .chosen
                        .getAsInt())
                .isEqualTo(1);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> through(new Kinds.Chosen(true), new Kinds.Chosen(false))))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Chosen")
                .hasMessageContaining("lambda");
    }

    @Test
    void a_literal_is_still_the_literal() {
        Object[] restored = restore(capture(new Box("warm"), "up"), new Box("cold"), "down");
        assertThat(((Box) restored[0]).content).isSameAs("warm");
        assertThat(restored[1]).isSameAs("up");
    }

    @Test
    void equal_strings_that_are_two_stay_two() {
        String one = new String("same");
        String two = new String("same");
        Object[] restored = restore(capture(one, two, one), "same", "same", "same");
        assertThat(restored[0]).isSameAs(restored[2]).isEqualTo(restored[1]).isNotSameAs(restored[1]);
    }

    @Test
    void objects_that_only_the_checkpoint_has_are_made() {
        List<Object> saved = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            saved.add(new Box(new Kinds.Square()));
        }
        saved.add(saved.get(3));
        List<Object> restored = through(saved, new ArrayList<>());
        assertThat(restored).hasSize(11);
        assertThat(restored.get(10)).isSameAs(restored.get(3));
        assertThat(((Box) restored.get(3)).content).isInstanceOf(Kinds.Square.class);
    }
}
