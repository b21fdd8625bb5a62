package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigitsTest {

    private static final Digits ALL = Digits.load();

    @Test
    void all_images_come_with_grey_values_from_0_to_1_and_all_ten_labels() {
        assertThat(ALL.size()).isEqualTo(1797);
        Set<Float> labels = new HashSet<>();
        for (int i = 0; i < ALL.size(); i++) {
            labels.add(ALL.labels()[i]);
            assertThat(ALL.pixels()[i]).hasSize(64);
            for (float grey : ALL.pixels()[i]) {
                assertThat(grey).isBetween(0f, 1f);
            }
        }
        assertThat(labels).hasSize(Digits.CLASSES);
    }

    @Test
    void training_and_validation_images_are_different_ones_and_can_be_fewer() {
        assertThat(ALL.training(5000).size()).isEqualTo(1500);
        assertThat(ALL.validation(5000).size()).isEqualTo(297);
        assertThat(ALL.training(7).size()).isEqualTo(7);
        assertThat(ALL.validation(1).pixels()[0]).isSameAs(ALL.pixels()[1500]);
    }

    @Test
    void a_line_is_64_pixels_and_a_label() {
        String white = String.join(",", Collections.nCopies(63, "16"));

        Digits digits = Digits.parse(List.of("4," + white + ",9"));

        assertThat(digits.labels()).containsExactly(9f);
        assertThat(digits.pixels()[0]).hasSize(64).startsWith(0.25f, 1f).endsWith(1f);
    }
}
