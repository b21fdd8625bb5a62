package demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void labels_are_the_characters_that_follow() {
        Text text = Text.of("abcabcab");
        assertThat(text.alphabet()).isEqualTo(3);
        assertThat(text.labels(2, 2, 0)).containsExactly(1, 2, 2, 0);
        assertThat(text.inputs(2, 2, 0)).containsExactly(1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    void every_step_stays_within_the_text() {
        Text text = Text.load(1440);
        int steps = text.steps(8, 16);
        assertThat(steps).isEqualTo(10);
        assertThat(text.labels(8, 16, 15 + (steps - 1) * 16)).hasSize(128);
        assertThat(15 + steps * 16 + 1).isLessThanOrEqualTo(1440 / 8);
    }
}
