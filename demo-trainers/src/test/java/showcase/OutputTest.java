package showcase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTest {

    @Test
    void the_lines_of_belays_contract_are_read() {
        assertThat(Output.of(
                        "[belay 2026-11-23T16:00:01Z] INFO checkpoint-500 committed epoch 1.23, 1.2 MB, stall 1.5 ms,"
                                + " write 3.4 ms"))
                .isEqualTo(new Output.Committed(500, 1.5));
        assertThat(Output.of("[belay 2026-11-23T16:00:01Z] INFO checkpoint-25 committed 12.5 kB, stall 0.2 ms,"
                        + " write 3.4 ms"))
                .isEqualTo(new Output.Committed(25, 0.2));
        assertThat(Output.of(
                        "[belay 2026-11-23T16:00:01Z] INFO resumed checkpoint-500 at demo.DigitsCnn#trainEpoch, step"
                                + " 500, at most 49 steps lost"))
                .isEqualTo(new Output.Resumed(500));
    }

    @Test
    void the_trainers_steps_and_result_are_read() {
        String result = "FINAL " + "0a".repeat(32);

        assertThat(Output.of("step 7 loss 0.25")).isEqualTo(new Output.Step(7));
        assertThat(Output.of(result)).isEqualTo(new Output.Final(result));
    }

    @Test
    void everything_else_is_passed_over() {
        assertThat(Output.of("epoch 1: train loss 0.1")).isInstanceOf(Output.Other.class);
        assertThat(Output.of("[belay 2026-11-23T16:00:01Z] WARN checkpoint-500 was not written: no space"))
                .isInstanceOf(Output.Other.class);
        assertThat(Output.of("FINAL ")).isInstanceOf(Output.Other.class);
    }
}
