package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static Optional<List<Integer>> order(long[] shape, long... strides) {
        return Layout.of(shape, strides).map(Layout::order);
    }

    @Test
    void row_major_order_has_no_name() {
        assertThat(order(new long[] {2, 3}, 3, 1)).hasValue(List.of());
        assertThat(order(new long[] {4, 1, 3}, 3, 3, 1)).hasValue(List.of());
        assertThat(order(new long[0])).hasValue(List.of());
    }

    @Test
    void images_with_their_channels_last_are_dense() {
        assertThat(order(new long[] {8, 3, 4, 5}, 60, 1, 15, 3)).hasValue(List.of(0, 2, 3, 1));
        assertThat(order(new long[] {8, 1, 4, 5}, 20, 1, 5, 1)).hasValue(List.of(0, 2, 3, 1));
    }

    @Test
    void gaps_and_repeated_elements_are_not_dense() {
        assertThat(order(new long[] {2, 2}, 3, 1)).isEmpty();
        assertThat(order(new long[] {2, 3}, 0, 1)).isEmpty();
    }

    @Test
    void tensors_without_elements_are_dense() {
        assertThat(order(new long[] {0, 3}, 7, 9)).hasValue(List.of());
    }

    @Test
    void it_is_read_as_it_was_written() {
        for (Layout layout : List.of(Layout.ROW_MAJOR, new Layout(List.of(), 12), new Layout(List.of(2, 0, 1), 0))) {
            assertThat(Layout.parse(layout.text())).isEqualTo(layout);
        }
    }
}
