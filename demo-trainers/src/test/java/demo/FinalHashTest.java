package demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinalHashTest {

    @Test
    void equal_values_give_equal_lines_and_one_altered_bit_another() {
        float altered = Float.intBitsToFloat(Float.floatToIntBits(2f) ^ 1);

        String line = new FinalHash().add(1.5).add(new float[] {1, 2}).line();

        assertThat(line).matches("FINAL [0-9a-f]{64}");
        assertThat(new FinalHash().add(1.5).add(new float[] {1, 2}).line()).isEqualTo(line);
        assertThat(new FinalHash().add(1.5).add(new float[] {1, altered}).line())
                .isNotEqualTo(line);
        assertThat(new FinalHash().add(Math.nextUp(1.5)).add(new float[] {1, 2}).line())
                .isNotEqualTo(line);
    }
}
