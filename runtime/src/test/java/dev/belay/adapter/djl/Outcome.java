package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.RandomUtils;
import dev.belay.state.MemoryCheckpoint;
import java.util.Map;
import java.util.function.Supplier;

/** What a run ends with: tensors, values, one draw, and what it reports. */
record Outcome(Map<String, Object> contents, long draw, Map<String, Float> evaluations, int epoch) {

    static Outcome of(Training t) {
        Map<String, Object> contents = t.capture().contents();
        return new Outcome(
                contents,
                RandomUtils.RANDOM.nextLong(),
                t.trainer.getTrainingResult().getEvaluations(),
                t.trainer.getTrainingResult().getEpoch());
    }

    static void assertSame(Outcome actual, Outcome expected) {
        assertThat(actual.contents()).isEqualTo(expected.contents());
        assertThat(actual.draw()).isEqualTo(expected.draw());
        assertThat(actual.evaluations()).isEqualTo(expected.evaluations());
        assertThat(actual.epoch()).isEqualTo(expected.epoch());
    }

    /** Trains once through, and once in two lives. */
    static void assertResumesExactly(Supplier<Training> program, int before, int after) {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        try (Training first = program.get().steps(before)) {
            checkpoint = first.capture();
            expected = of(first.steps(after));
        }
        try (Training second = program.get()) {
            assertSame(of(second.resume(checkpoint).steps(after)), expected);
        }
    }
}
